// From each task of the Local Offer's first page to somebody who can be rung and is named, in at most
// three clicks, on a phone without JavaScript. Then the pages that say how good the offer is, looked
// at on a phone and on a desk.
// demo: --on 2026-11-20 --children 4

import {
  DESK, PHONE, address, axeFindings, count, measuredPage, openBrowser, overflow, picture, plainPage,
  roles, signIn,
} from './lib.mjs'

const CLICKS_MOST = 3
/** Links that are followed from one page: those that a reader sees first. */
const LINKS_MOST = 12
const TASKS_LEAST = 7

const browser = await openBrowser()
await tasks()
await looked('anyone', ['/offer/check', '/offer/gaps', '/offer/reductions', '/offer/making',
  '/offer/said', '/offer/not-found'])
await looked('officer', ['/comments', '/local-offer/gaps', '/local-offer/reductions',
  '/local-offer/making'])
await browser.close()
count.close()

/** Every task of the first page. */
async function tasks() {
  const page = await plainPage(browser)
  await page.goto(`${address}/offer`)
  const names = await page.locator('section[aria-labelledby="happening"] li a').allInnerTexts()
  count.check('the first page has tasks',
    names.length >= TASKS_LEAST ? [] : [`${names.length} tasks, and not ${TASKS_LEAST}`])
  for (const name of names) {
    const clicks = await clicksFrom(page, name)
    const faults = clicks === undefined ? [`nobody named within ${CLICKS_MOST} clicks`] : []
    count.check(`“${name}” leads to somebody named`, faults, `${clicks} clicks`)
  }
  await page.context().close()
}

/** How many clicks it takes from a task to somebody named, trying what is nearest first. */
async function clicksFrom(page, task) {
  await page.goto(`${address}/offer`)
  await page.getByRole('link', { name: task, exact: true }).first().click()
  const seen = new Set()
  const queue = [{ url: page.url(), clicks: 1 }]
  while (queue.length > 0) {
    const { url, clicks } = queue.shift()
    if (seen.has(url)) continue
    seen.add(url)
    await page.goto(url)
    if (await namesSomebody(page)) return clicks
    if (clicks === CLICKS_MOST) continue
    const links = await page.locator('main a[href^="/offer/"]').evaluateAll(
      (all, most) => all.map((one) => one.href).filter((href) => !href.includes('/comment'))
        .slice(0, most),
      LINKS_MOST,
    )
    queue.push(...links.map((link) => ({ url: link, clicks: clicks + 1 })))
  }
  return undefined
}

/** Whether a page is a service's own, with a number to ring and who answers or runs it. */
async function namesSomebody(page) {
  if (!new URL(page.url()).pathname.startsWith('/offer/service/')) return false
  const number = await page.locator('main .s-big a[href^="tel:"]').count()
  const text = await page.locator('main').innerText()
  return number > 0 && /Ask for|Who runs it/.test(text)
}

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
