// What people, machines and mischief may type: every form that a role comes upon is sent with nonsense
// in its fields. Each answer must be one of ours: a page, a refusal, a problem beside its field.
// demo: --on 2026-11-20 --children 12

import { address, count, roles } from './lib.mjs'

/** So that a fault comes back on the next run. */
const SEED = 20_140_901
const PAGES_A_ROLE = 200
const PAGES_OF_A_SORT = 4
/** What everybody sees is walked by nobody in particular. */
const OPEN = /^\/(offer|law|happening|assets|oruk)\b/
const TRIES_A_FORM = 4
const NONSENSE = [
  '', '0', '-1', '2', '02', '13', '29', '31', '2024', '2026', '26', '1e9', '9'.repeat(40), 'abc',
  'true', 'no', 'parent', 'Ünïcødé ☃ 日本', '２０２６', '١٢', '🙂'.repeat(40), 'a'.repeat(5_000), '\0', '\n\n',
  '<script>alert(1)</script>', "' OR 1=1 --", '../../etc/passwd', '{"a":1}', '20 May 2026', 'SW1A 1AA',
  'somebody@example.org', '07700 900123', '%00', '%ff',
]
const FORM = 'application/x-www-form-urlencoded'

let state = SEED
for (const role of ['anyone', ...Object.keys(roles)]) {
  const jar = new Map()
  const start = role === 'anyone' ? '/' : await signedIn(role, jar)
  const { pages, forms, taken, faults } = await walk(jar, start, role === 'anyone' ? /^$/ : OPEN)
  // If no form were ever taken as coming from us, nothing behind its door would have been tried.
  if (forms > 0 && taken === 0) faults.push('every form was refused at the door')
  count.check(`${role}: nonsense in ${forms} forms of ${pages} pages, ${taken} taken`, faults)
}
count.close()

/** Follows a role's link. Where it leads. */
async function signedIn(role, jar) {
  const answer = await fetch(roles[role], { redirect: 'manual' })
  keep(jar, answer)
  return answer.headers.get('location')
}

/** Keeps the cookies that an answer sets. */
function keep(jar, answer) {
  for (const cookie of answer.headers.getSetCookie()) {
    const [name, value] = cookie.split(';')[0].split('=')
    jar.set(name, value)
  }
}

/** Follows links in any order, but for those to `passed` pages, and sends each form on the way. */
async function walk(jar, start, passed) {
  const faults = new Map()
  const done = new Set()
  const sorts = new Map()
  const waiting = [start]
  let [forms, taken] = [0, 0]
  const send = async (path, init = {}) => {
    const cookie = [...jar].map((pair) => pair.join('=')).join('; ')
    const headers = { cookie, origin: address, ...init.headers }
    const answer = await fetch(address + path, { redirect: 'manual', ...init, headers })
    keep(jar, answer)
    if (init.method === 'POST' && answer.status !== 403) taken += 1
    const html = await answer.text()
    if (answer.status >= 500) faults.set(path, `${path} ${init.body ?? ''} answers ${answer.status}`)
    const to = answer.headers.get('location')
    if (to) later(to, path)
    return answer.headers.get('content-type')?.startsWith('text/html') ? html : ''
  }
  const later = (href, from) => {
    const url = new URL(href, address + from)
    const path = url.pathname + url.search
    const sort = url.pathname.replace(/[0-9a-f]{6,}|\d+/g, '…')
    const many = sorts.get(sort) ?? 0
    const goes = url.origin === address && !leaves(path) && !passed.test(path)
    if (!goes || done.has(path) || many >= PAGES_OF_A_SORT) return
    sorts.set(sort, many + 1)
    waiting.push(path)
  }
  while (waiting.length > 0 && done.size < PAGES_A_ROLE) {
    const [path] = waiting.splice(any(waiting.length), 1)
    if (done.has(path)) continue
    done.add(path)
    const html = await send(path)
    for (const [, href] of html.matchAll(/<a [^>]*href="([^"#]+)/g)) later(text(href), path)
    for (const form of formsOf(html, path)) {
      if (leaves(form.action)) continue
      forms += 1
      for (let at = 0; at < TRIES_A_FORM; at += 1) await send(...filled(form))
    }
  }
  return { pages: done.size, forms, taken, faults: [...faults.values()] }
}

/** Signing out would end the walk. */
function leaves(path) {
  return path.startsWith('/sign-out')
}

/** The forms of a page: where each leads, and its fields with what they may hold. */
function formsOf(html, path) {
  return [...html.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)].map(([, head, inside]) => {
    const fields = new Map()
    let select = ''
    for (const [, tag, rest] of inside.matchAll(/<(input|textarea|select|option|button)\b([^>]*)>/g)) {
      if (tag === 'select') select = attribute(rest, 'name')
      const name = tag === 'option' ? select : attribute(rest, 'name')
      const type = tag === 'input' ? attribute(rest, 'type') || 'text' : tag
      if (!name) continue
      if (!fields.has(name)) fields.set(name, { type, values: [] })
      fields.get(name).values.push(attribute(rest, 'value'))
    }
    const url = new URL(attribute(head, 'action') || path, address + path)
    const posts = attribute(head, 'method') === 'post'
    const files = attribute(head, 'enctype').startsWith('multipart')
    return { action: posts ? url.pathname + url.search : url.pathname, posts, files, fields }
  })
}

/** A request that sends a form with some of its own values, and nonsense for the rest. */
function filled({ action, posts, files, fields }) {
  const body = files ? new FormData() : new URLSearchParams()
  for (const [name, { type, values }] of fields) {
    const own = type === 'hidden' ? 8 : ['text', 'textarea'].includes(type) ? 1 : 7
    if (type !== 'hidden' && any(10) === 0) continue
    const value = any(10) < own ? values[any(values.length)] : NONSENSE[any(NONSENSE.length)]
    if (type === 'file') body.append(name, new Blob([value]), 'a.pdf')
    else body.append(name, value)
  }
  if (!posts) return [`${action}?${body}`]
  const headers = files ? {} : { 'content-type': FORM }
  return [action, { method: 'POST', body: files ? body : String(body), headers }]
}

function attribute(of, name) {
  return text(of.match(new RegExp(`\\b${name}="([^"]*)"`))?.[1] ?? '')
}

function text(html) {
  return html.replaceAll('&#38;', '&').replaceAll('&#34;', '"').replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"').replaceAll('&#60;', '<').replaceAll('&#62;', '>').replaceAll('&amp;', '&')
}

/** A number below `most`, the same in every run (xorshift). */
function any(most) {
  state ^= state << 13
  state ^= state >>> 17
  state ^= state << 5
  return (state >>> 0) % Math.max(most, 1)
}
