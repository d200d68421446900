// What every page check shares: the browser, signing in, axe, weights, pictures and the count.
// `cargo xtask browser` starts what a check looks at, sets the variables read here and counts.
//
// A check is a script beside this file with a line near its top that says what it looks at:
// `// demo: --on 2026-11-20 --children 60` for a demo of its own, started with those words, or
// `// gallery` for every page in every state, drawn as files. It ends with `count.close()`.

import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** Compressed bytes over the wire, headers and all, that a view may take. */
export const FIRST_VIEW_BYTES_MAX = 100_000
export const LATER_VIEW_BYTES_MAX = 40_000

export const PHONE = { width: 375, height: 812 }
export const SMALL_PHONE = { width: 320, height: 640 }
export const DESK = { width: 1280, height: 900 }

const AXE_TAGS = [
  'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice',
]
// Chromium would otherwise call its maker's hosts, which a closed network refuses one by one.
const BROWSER_ARGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
]

/** Where the demo is, without a slash at the end; for a check of the gallery nothing. */
export const address = process.env.SENDERO_ADDRESS
/** A sign-in link a role. */
export const roles = JSON.parse(process.env.SENDERO_ROLES ?? '{}')
/** The folder of the demo's database and messages; for a check of the gallery nothing. */
export const data = process.env.SENDERO_DATA
/** The folder of drawn pages; for a check of a demo nothing. */
export const gallery = process.env.SENDERO_GALLERY

// The libraries stand in the build folder, so they are asked for by that folder and not by ours.
const require = createRequire(join(variable('SENDERO_MODULES'), 'node_modules', 'from.js'))
const { chromium } = require('playwright-core')
const axe = require.resolve('axe-core/axe.min.js')

/** A headless browser with an empty profile. */
export function openBrowser() {
  return chromium.launch({ executablePath: variable('SENDERO_CHROMIUM'), args: BROWSER_ARGS })
}

/** A phone's page without JavaScript: what must always work. */
export async function plainPage(browser) {
  const context = await browser.newContext({ viewport: PHONE, javaScriptEnabled: false })
  return context.newPage()
}

/** A page with JavaScript into which axe may be put, which the pages' own policy would refuse. */
export async function measuredPage(browser) {
  const context = await browser.newContext({ viewport: PHONE, bypassCSP: true })
  return context.newPage()
}

/** Follows a role's link; `anyone` has none and begins at the front door. */
export async function signIn(page, role) {
  const response = await page.goto(role === 'anyone' ? address : roles[role])
  if (response.status() !== 200) {
    throw new Error(`signing in as ${role} gave ${response.status()} at ${page.url()}`)
  }
  return new URL(page.url()).pathname
}

/** What axe finds on the page as it stands, one sentence a finding. */
export async function axeFindings(page) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.addScriptTag({ path: axe })
  const { violations } = await page.evaluate(
    (tags) => globalThis.axe.run(document, { runOnly: { type: 'tag', values: tags } }),
    AXE_TAGS,
  )
  return violations.map(({ id, impact, help, nodes }) => {
    const where = nodes.slice(0, 3).map((node) => node.target.join(' ')).join(', ')
    return `axe ${id} (${impact}): ${help}: ${where}`
  })
}

/** How far the page is wider than its window, in pixels; nobody should scroll sideways to read. */
export function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - globalThis.innerWidth)
}

/** Places in the words of a page that nothing was put into, such as `{name}`. */
export function holes(page) {
  return page.evaluate(() => document.body.innerText.match(/\{[a-z_-]+\}/g) ?? [])
}

/** Weighs views of one page: bytes over the wire from here to the next call of `take`. */
export async function scales(page) {
  const session = await page.context().newCDPSession(page)
  let bytes = 0
  await session.send('Network.enable')
  session.on('Network.loadingFinished', (event) => { bytes += event.encodedDataLength })
  const view = async (url, { cold }) => {
    await session.send('Network.setCacheDisabled', { cacheDisabled: cold })
    bytes = 0
    await page.goto(url, { waitUntil: 'networkidle' })
    return bytes
  }
  return {
    first: (url) => view(url, { cold: true }),
    later: (url) => view(url, { cold: false }),
  }
}

/** Keeps a picture of the whole page under target/screens, by a name of its own. */
export async function picture(page, ...names) {
  const folder = variable('SENDERO_SCREENS')
  mkdirSync(folder, { recursive: true })
  const name = names.join('-').replace(/[^a-z0-9]+/gi, '-').replace(/^-+|-+$/g, '')
  await page.screenshot({ path: join(folder, `${name || 'front'}.png`), fullPage: true })
}

/** The count of checks: what held is one line, what did not is one line a fault. */
export const count = {
  passed: 0,
  failed: 0,
  /** One check, with the faults that it found; none means that it holds. */
  check(what, faults, remark = '') {
    if (faults.length === 0) {
      this.passed += 1
      console.log(`ok      ${what}${remark && ` (${remark})`}`)
      return
    }
    this.failed += 1
    for (const fault of faults) console.log(`FAILED  ${what}: ${fault}`)
  },
  /** The closing line that the chore reads; the script's exit code says the same. */
  close() {
    console.log(`${this.passed} passed, ${this.failed} failed, 0 skipped`)
    process.exitCode = this.failed === 0 ? 0 : 1
  },
}

function variable(name) {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: run this by \`cargo xtask browser\``)
  return value
}
