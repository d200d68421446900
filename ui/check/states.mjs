// Holds every page in every state, drawn from examples, to what can be seen without a server: no
// accessibility finding and no sideways scrolling. Errors and rare states are reached no other way.
// gallery

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import {
  DESK, PHONE, SMALL_PHONE,
  axeFindings, count, gallery, measuredPage, openBrowser, overflow, picture,
} from './lib.mjs'

const browser = await openBrowser()
const page = await measuredPage(browser)
const files = readdirSync(gallery).filter((name) => name.endsWith('.html')).sort()
count.check('the gallery', files.length > 0 ? [] : ['it has no pages'], `${files.length} pages`)
for (const file of files) await look(file)
await browser.close()
count.close()

async function look(file) {
  const faults = []
  await page.setViewportSize(SMALL_PHONE)
  await page.goto(pathToFileURL(join(gallery, file)).href)
  for (const size of [SMALL_PHONE, PHONE, DESK]) {
    await page.setViewportSize(size)
    const over = await overflow(page)
    if (over > 0) faults.push(`${over} px too wide at ${size.width} px`)
    if (size === SMALL_PHONE) continue
    await picture(page, file.replace(/\.html$/, ''), String(size.width))
    faults.push(...(await axeFindings(page)).map((finding) => `at ${size.width} px ${finding}`))
  }
  count.check(file, faults)
}
