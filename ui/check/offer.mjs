// The pages that say how good the Local Offer is, and their desks, looked at on a phone and on a desk.
// demo: --on 2026-11-20 --children 4

import {
  DESK, PHONE, address, axeFindings, count, measuredPage, openBrowser, overflow, picture,
  roles, signIn,
} from './lib.mjs'

const browser = await openBrowser()
await looked('anyone', ['/offer/check', '/offer/gaps', '/offer/reductions', '/offer/making',
  '/offer/said', '/offer/not-found'])
await looked('officer', ['/comments', '/local-offer/gaps', '/local-offer/reductions',
  '/local-offer/making'])
await browser.close()
count.close()

/** Pages that must hold together on a phone and on a desk. */
async function looked(role, paths) {
  if (role !== 'anyone' && !(role in roles)) {
    count.check(`the demo has an ${role}`, ['it has none'])
    return
  }
  const page = await measuredPage(browser)
  await signIn(page, role)
  for (const path of paths) {
    for (const [name, size] of [['phone', PHONE], ['desk', DESK]]) {
      await page.setViewportSize(size)
      const answer = await page.goto(`${address}${path}`)
      const faults = answer.status() === 200 ? [] : [`it answers ${answer.status()}`]
      const wider = await overflow(page)
      if (wider > 0) faults.push(`${wider} pixels wider than its window`)
      faults.push(...await axeFindings(page))
      count.check(`${path} on a ${name}`, faults)
      await picture(page, path, name)
    }
  }
  await page.context().close()
}
