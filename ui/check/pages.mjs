// Walks every page that each role can reach by links, and holds each to the same rules: it opens,
// works without JavaScript on a phone, has no accessibility finding, and is light to download.
// demo: --on 2026-11-20 --children 60

import {
  DESK, FIRST_VIEW_BYTES_MAX, LATER_VIEW_BYTES_MAX, PHONE, SMALL_PHONE,
  address, axeFindings, count, holes, measuredPage, openBrowser, overflow, picture, plainPage, roles,
  scales, signIn,
} from './lib.mjs'

const DEPTH_MAX = 3
const PAGES_PER_ROLE_MAX = 60
/** Of pages that differ only in their last word (the duties of the rulebook), so many are enough. */
const SIBLINGS_MAX = 4
/** Roles that walk at the same time, each in browser windows of its own. */
const AT_ONCE = 2
/** Links that would sign in as another or move the date, and so change who is looking. */
const LEFT_ALONE = /^\/(demo|sign-out)(\/|$)/

/** What anyone can open is looked at once, as anyone. */
const open = new Set()

const browser = await openBrowser()
await walk('anyone')
const left = Object.keys(roles)
await Promise.all(Array.from({ length: AT_ONCE }, walkOneAfterAnother))
await browser.close()
count.close()

/** Takes the next role until none is left. */
async function walkOneAfterAnother() {
  for (let role = left.shift(); role !== undefined; role = left.shift()) await walk(role)
}

/** One role's pages, nearest first. */
async function walk(role) {
  const [plain, measured] = [await plainPage(browser), await measuredPage(browser)]
  const start = await signIn(plain, role)
  await signIn(measured, role)
  const look = await looker(role, plain, measured)
  const seen = new Set()
  const siblings = new Map()
  const queue = [{ path: start, depth: 0, status: 200 }]
  if (role === 'anyone') queue.push({ path: '/no-such-page', depth: DEPTH_MAX, status: 404 })
  let looked = 0
  while (queue.length > 0 && looked < PAGES_PER_ROLE_MAX) {
    const { path, depth, status } = queue.shift()
    if (role !== 'anyone' && open.has(patternOf(path))) continue
    if (!isNew(path, seen, siblings)) continue
    if (role === 'anyone') open.add(patternOf(path))
    looked += 1
    const links = await look(path, status)
    if (depth < DEPTH_MAX) {
      queue.push(...links.map((link) => ({ path: link, depth: depth + 1, status: 200 })))
    }
  }
  if (queue.length > 0) console.log(`        ${role}: stopped at ${looked} pages`)
  await plain.context().close()
  await measured.context().close()
}

/** The parts of a path with its ids left out. */
function partsOf(path) {
  return new URL(path, address).pathname.split('/').map((part) => (/\d/.test(part) ? ':id' : part))
}

/** A path with ids, and what a query asks, left out. */
function patternOf(path) {
  const asked = [...new URL(path, address).searchParams.keys()].sort().join('&')
  return `${partsOf(path).join('/')}?${asked}`
}

/** Whether a path's pattern has not been looked at. */
function isNew(path, seen, siblings) {
  const parts = partsOf(path)
  const pattern = patternOf(path)
  if (seen.has(pattern)) return false
  seen.add(pattern)
  const family = `${parts.slice(0, -1).join('/')} ${parts.length}`
  siblings.set(family, (siblings.get(family) ?? 0) + 1)
  return siblings.get(family) <= SIBLINGS_MAX
}

/** How one page is looked at: gives the links on it. */
async function looker(role, plain, measured) {
  const weigh = await scales(measured)
  let said = []
  plain.on('console', (message) => {
    if (message.type() === 'error') said.push(`the browser complains: ${message.text()}`)
  })
  return async (path, status) => {
    const what = `${role} ${path}`
    const url = new URL(path, address).href
    const answer = await plain.context().request.get(url)
    if (!(answer.headers()['content-type'] ?? '').startsWith('text/html')) {
      count.check(what, answer.status() === 200 ? [] : [`status ${answer.status()}`], 'no page')
      return []
    }
    said = []
    const faults = await withoutScript(role, plain, url, status)
    // A browser tells of the 404 that a page is meant to be; that is no fault of the page.
    if (status === 200) faults.push(...said)
    const links = await linksOn(plain)
    const { bytes, found } = await withScript(role, measured, weigh, url)
    count.check(what, [...faults, ...found], `${kb(bytes.first)}, later ${kb(bytes.later)}`)
    return links
  }
}

/** A phone without JavaScript: it opens, and nobody scrolls sideways. */
async function withoutScript(role, page, url, status) {
  const faults = []
  await page.setViewportSize(PHONE)
  const response = await page.goto(url)
  if (response.status() !== status) faults.push(`status ${response.status()}, not ${status}`)
  await picture(page, role, new URL(url).pathname, '375')
  for (const hole of await holes(page)) faults.push(`nothing stands for ${hole}`)
  for (const size of [PHONE, SMALL_PHONE]) {
    await page.setViewportSize(size)
    const over = await overflow(page)
    if (over > 0) faults.push(`${over} px too wide at ${size.width} px`)
  }
  return faults
}

/** With JavaScript: axe at both widths, and the weight of a first and a later view. */
async function withScript(role, page, weigh, url) {
  const found = []
  await page.setViewportSize(PHONE)
  const first = await weigh.first(url)
  for (const size of [PHONE, DESK]) {
    await page.setViewportSize(size)
    found.push(...(await axeFindings(page)).map((finding) => `at ${size.width} px ${finding}`))
  }
  await picture(page, role, new URL(url).pathname, '1280')
  const later = await weigh.later(url)
  if (first > FIRST_VIEW_BYTES_MAX) found.push(`first view weighs ${kb(first)}`)
  if (later > LATER_VIEW_BYTES_MAX) found.push(`a later view weighs ${kb(later)}`)
  return { bytes: { first, later }, found }
}

/** Paths of this site that the page links to, in the order of the page. */
async function linksOn(page) {
  const hrefs = await page.$$eval('a[href]', (links) => links.map((link) => link.href))
  return hrefs
    .map((href) => new URL(href))
    .filter((url) => url.origin === address && !LEFT_ALONE.test(url.pathname))
    .map((url) => url.pathname + url.search)
}

function kb(bytes) {
  return `${Math.ceil(bytes / 1000)} KB`
}
