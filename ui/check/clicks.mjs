// Counts the steps of a first visit: from the front door to a named contact, for each thing that may be
// happening to a family, on a phone without JavaScript. Three are the most that a family should need.
// demo: --on 2026-11-20 --children 2

import { address, count, openBrowser, plainPage } from './lib.mjs'

const STEPS_MOST = 3

const browser = await openBrowser()
const page = await plainPage(browser)
await page.goto(address)
const guides = await page.locator('a[href^="/offer/guide/"]').evaluateAll((links) =>
  links.map((link) => link.textContent.trim()))
count.check('the front door', guides.length >= 7 ? [] : [`only ${guides.length} guides`], `${guides.length} guides`)
for (const guide of guides) {
  for (const way of [[], ['Find help']]) await walk(guide, way)
}
await browser.close()
count.close()

/** Follows links by their words, counting, until a name and a number to ring stand on the page. */
async function walk(guide, way) {
  await page.goto(address)
  let steps = 0
  for (const words of [...way, guide]) {
    await page.getByRole('link', { name: words, exact: true }).first().click()
    steps += 1
  }
  const contact = page.getByRole('region', { name: 'Somebody to ring' })
  const [number, named] = [contact.locator('a[href^="tel:"]'), contact.locator('a[href^="/offer/service/"]')]
  const faults = []
  if ((await number.count()) !== 1) faults.push('no number to ring')
  if ((await named.count()) !== 1) faults.push('nobody is named')
  // To read what happens when one rings is one step more.
  steps += 1
  if (steps > STEPS_MOST) faults.push(`${steps} steps`)
  if (faults.length === 0) {
    await named.click()
    if ((await page.locator('h1').count()) !== 1) faults.push('the contact has no page')
  }
  count.check([...way, guide].join(' > '), faults, `${steps} steps with the contact's own page`)
}
