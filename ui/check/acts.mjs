// What people do in a journey through the service, and how a check says what they must then see.
// Everything goes by labels, roles and names, as a person goes, and without JavaScript.

import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'

import { DESK, PHONE, address, count, data, roles } from './lib.mjs'

/** Messages go out every few seconds; a machine that is busy may take longer. */
const MESSAGE_WITHIN_MS = 60_000
const MESSAGE_LOOK_MS = 500
/** A page of a busy machine. */
const PAGE_WITHIN_MS = 30_000

/** One person's own browser: a phone or a desk, always without JavaScript. */
export async function person(browser, viewport = PHONE) {
  const context = await browser.newContext({ viewport, javaScriptEnabled: false })
  context.setDefaultTimeout(PAGE_WITHIN_MS)
  return context.newPage()
}

/** Somebody with a role of the demo, at a desk and signed in; with the name they go by. */
export async function staff(browser, role) {
  const page = await person(browser, DESK)
  // A role's link works again and opens at once, unlike the one-use links of messages.
  await page.goto(roles[role])
  const who = await page.getByRole('banner').getByText(' · ').first().innerText()
  return { page, name: who.split(' · ')[0] }
}

const ADVISERS = ['psychologist', 'health', 'school', 'social-care']

/** Who takes part: somebody who sets the day, the officer, and an adviser of each body. */
export async function cast(browser) {
  const advisers = {}
  for (const role of ADVISERS) advisers[role] = await staff(browser, role)
  const officer = await staff(browser, 'officer')
  return { demo: await person(browser, DESK), officer, advisers }
}

/** Does the journey; a step that cannot be taken is one check that failed, and the end. */
export async function toTheEnd(journey) {
  try {
    await journey()
  } catch (error) {
    count.check('the journey goes on to its end', [error.stack])
  }
}

/** Opens a one-use sign-in link and presses its button: opening alone does not use it up. */
export async function enter(page, link) {
  await page.goto(link)
  await press(page, 'Sign in')
}

export async function go(page, path) {
  await page.goto(address + path)
}

/** Presses a button and waits for the page that it leads to. */
export async function press(page, name) {
  await leads(page, page.getByRole('button', { name, exact: typeof name === 'string' }))
}

/** Presses this button or link, and waits for the page that it leads to. */
export async function leads(page, button) {
  await Promise.all([page.waitForEvent('load'), button.click()])
}

export async function follow(page, name) {
  await leads(page, page.getByRole('link', { name }).first())
}

/** Fills in boxes by their labels. */
export async function fill(page, boxes) {
  for (const [label, text] of Object.entries(boxes)) {
    await page.getByRole('textbox', { name: label, exact: true }).fill(text)
  }
}

/** Chooses one answer of a question. */
export async function choose(page, question, answer) {
  const group = page.getByRole('group', { name: question })
  await group.getByRole('radio', { name: answer, exact: true }).check()
}

/** Fills in the three boxes of a date, written as 2025-07-10. */
export async function date(page, question, day) {
  const parts = day.split('-').map(Number)
  const group = page.getByRole('group', { name: question })
  for (const [at, label] of ['Year', 'Month', 'Day'].entries()) {
    await group.getByLabel(label).fill(String(parts[at]))
  }
}

/** Sets the day of the whole demonstration, as a person would. */
export async function setDay(page, day) {
  await go(page, '/demo')
  await date(page, 'Which day should it be?', day)
  await press(page, 'Set the day')
}

/** What a person reads on the page, with every space alike. */
export async function words(page, part = 'main') {
  const text = await page.locator(part).first().innerText()
  return text.replace(/\s+/g, ' ')
}

/** Counts one check: the page must say each of these, and none of those. */
export async function says(page, what, wanted, unwanted = []) {
  const text = await words(page)
  const faults = [
    ...wanted.filter((one) => !has(text, one)).map((one) => `does not say “${one}”`),
    ...unwanted.filter((one) => has(text, one)).map((one) => `says “${one}”`),
  ]
  if (faults.length > 0) faults.push(`${page.url()} reads: ${text.slice(0, 1500)}`)
  count.check(what, faults)
}

/** Counts one check that an act is refused, with these words in the summary at the head. */
export async function refused(page, what, reason) {
  const summary = page.getByRole('alert')
  const text = (await summary.count()) > 0 ? await words(page, '[role=alert]') : ''
  const faults = has(text, reason) ? [] : [`is not refused with “${reason}” but “${text}”`]
  count.check(what, faults)
}

/** Counts one check of something that must be so. */
export function holds(what, is, otherwise) {
  count.check(what, is ? [] : [otherwise])
}

function has(text, wanted) {
  return wanted instanceof RegExp ? wanted.test(text) : text.includes(wanted)
}

/** The answers of a parent to the questions of /ask, one page after the other up to a question. */
const QUESTIONS = {
  who: (page) => choose(page, 'Who is asking?', 'I am a parent, or I look after the child'),
  name: (page, child) => fill(page, { 'Full name': child.name }),
  born: (page, child) => date(page, /born\?/, child.born),
  'own-words': (page, child) => fill(page, { [`What does ${child.given} say?`]: child.says }),
  hard: (page, child) => fill(page, { [`What does ${child.given} find hard?`]: child.hard }),
  helps: (page, child) => fill(page, { [`What helps ${child.given}?`]: child.helps }),
  hope: (page, child) => fill(page, { [`What do you hope for ${child.given}?`]: child.hope }),
  setting: async (page, child) => {
    await fill(page, { 'Name of the school, nursery or college': child.school })
    await page.getByLabel('What kind of place is it?').selectOption('Mainstream school')
  },
  education: (page) => choose(page, /full-time education\?/, 'Yes, full time'),
  others: (page, child) => fill(page, { [`Who else helps ${child.given}?`]: child.others }),
  reach: async (page, child) => {
    await choose(page, 'What suits you best?', 'Text message')
    await choose(page, 'Do you need an interpreter?', child.language ? 'Yes' : 'No')
    if (child.language) await page.getByLabel(/which language/).fill(child.language)
  },
  you: async (page, child) => {
    await fill(page, {
      'Your name': child.parent,
      'E-mail': child.email,
      'Phone. You can leave this empty': child.phone,
      'Address, with postcode': child.address,
    })
    await page.getByLabel(`What are you to ${child.given}?`).selectOption('Mother')
  },
}

/** Answers the question on the page and goes on; gives which it was. */
export async function answer(page, child) {
  const question = new URL(page.url()).pathname.split('/').pop()
  await QUESTIONS[question](page, child)
  await press(page, 'Save and continue')
  return question
}

/** Answers every question from the one on the page until all are read through. */
export async function answerAll(page, child) {
  while (!page.url().endsWith('/ask/check')) {
    const before = page.url()
    await answer(page, child)
    if (page.url() === before) throw new Error(`${before} is not left: ${await words(page)}`)
  }
}

/** The mother's or father's pages of the case whose pages for staff start here. */
export function familyBase(base) {
  return base.replace('/case/', '/child/')
}

/** Takes the case on from the list of new requests; gives where its pages start. */
export async function takeOn(page, child) {
  await go(page, '/today')
  const link = page.getByRole('link', { name: child.name, exact: true }).first()
  const base = new URL(await link.getAttribute('href'), address).pathname
  await press(page, `Take on ${child.name}`)
  return base
}

/** Checks who asked, so that they may see the record. */
export async function matchAsker(page, base) {
  await go(page, base)
  await choose(page, 'Who are they?', 'Somebody new')
  await fill(page, { 'How did you check?': 'Rang the number the school has' })
  await press(page, 'Save who they are')
}

/** Hears the family and tells the bodies, as the law asks before the decision. */
export async function beforeDeciding(page, base) {
  await go(page, `${base}/before`)
  await page.getByLabel('What you say to them', { exact: true }).first()
    .fill('Please tell us what you think, in any way you like.')
  await choose(page, 'How does it go?', 'On their pages')
  await press(page, 'See before sending to the family')
  await press(page, 'Send now')
  const bodies = page.getByRole('group', { name: 'Whom do you tell?' }).getByRole('checkbox')
  for (const box of await bodies.all()) await box.check()
  await page.getByLabel('What you say to them', { exact: true }).last()
    .fill('We are considering an assessment.')
  await press(page, 'See before sending to the bodies')
  await press(page, 'Send now')
}

/** The two questions of the test. */
const ASSESS_1 = /^1\. Does .* special educational needs\?$/
const ASSESS_2 = '2. May provision under a plan be necessary?'

/** Decides to assess, from the test to the notice. */
export async function decideToAssess(page, base, child) {
  await go(page, `${base}/decide`)
  await choose(page, ASSESS_1, 'Yes')
  await choose(page, ASSESS_2, 'Yes')
  await page.getByLabel('Your reasons, to the family')
    .fill(`What you and school wrote shows that ${child.given} may need a plan.`)
  await choose(page, 'How does it go?', 'On their pages')
  // What is missing is only worked out when the answers are saved.
  await press(page, 'Save and check')
  await press(page, 'See before sending')
  await press(page, 'Send notice')
}

/** Asks every body at once, each by the person of the demo who answers for it. */
export async function askAllForAdvice(page, base, advisers) {
  await go(page, `${base}/ask-advice`)
  for (const [role, { name }] of Object.entries(advisers)) {
    const body = role === 'school' ? 'education' : role
    const list = page.locator(`#person-${body}`)
    const option = list.locator('option').filter({ hasText: name }).first()
    await list.selectOption(await option.getAttribute('value'))
  }
  await press(page, 'See before sending')
  await press(page, /^Send (all|this)/)
}

/** Gives advice about a child from the adviser's list. */
export async function giveAdvice(page, child, said) {
  await openAdvice(page, child)
  await fill(page, { Need: said.need, Outcome: said.outcome, Provision: said.provision })
  await page.getByLabel(/^How you came to know/).fill('Saw and assessed at school')
  // What was begun before is still there: an earlier try does not go with the advice.
  await page.getByLabel('Anything else, in your words').fill('')
  await press(page, 'Check before you send')
  await press(page, 'Send my advice')
}

/** Tries to answer without having seen the child. */
export async function tryNotKnown(page, child) {
  await openAdvice(page, child)
  await page.getByLabel('Anything else, in your words').fill('Not known to us.')
  await press(page, 'Check before you send')
  const send = page.getByRole('button', { name: 'Send my advice' })
  if ((await send.count()) > 0) await leads(page, send)
}

async function openAdvice(page, child) {
  await go(page, '/advice')
  await follow(page, child.name)
}

/** Decides for a plan, writes it, and sends the draft on the family's pages. */
export async function sendDraft(page, base, text) {
  await go(page, `${base}/decide-plan`)
  await choose(page, /^Is provision under a plan necessary/, 'Yes')
  await page.getByLabel('Your reasons, to the family').fill('The advice shows that it is.')
  await press(page, 'Save and check')
  await press(page, 'Record: a plan is necessary')
  await writePlan(page, base, text)
  await go(page, `${base}/plan/draft`)
  await choose(page, 'How does it go?', 'On their pages')
  await press(page, 'See before sending')
  await press(page, 'Send draft plan')
}

/** Writes sections of the plan, each by its letter. */
export async function writePlan(page, base, text) {
  await go(page, `${base}/plan`)
  for (const [letter, words] of Object.entries(text)) {
    await page.getByRole('textbox', { name: new RegExp(`^${letter}\\. `) }).fill(words)
  }
  await leads(page, page.getByRole('button', { name: 'Save', exact: true }).last())
}

/** Fills in the notice of the final plan, as far as the button. */
export async function prepareFinal(page, base) {
  await go(page, `${base}/plan/final`)
  await choose(page, 'Does section I name a school or place?', 'Yes, by its name')
  await page.getByLabel('What was done with the family’s comments, and why')
    .fill('We took your comments into section F.')
  await choose(page, 'How does it go?', 'On their pages')
}

export async function sendFinal(page, base) {
  await prepareFinal(page, base)
  await press(page, 'See before sending')
  await press(page, 'Send final plan')
}

/** The one-use sign-in link in a message to this address, when the demo has posted it. */
export async function linkFor(email) {
  const folder = join(data, 'outbox')
  const until = Date.now() + MESSAGE_WITHIN_MS
  while (Date.now() < until) {
    for (const text of await messages(folder)) {
      if (!text.startsWith(`To: ${email}\n`)) continue
      const link = text.match(/http:\/\/\S+\/link\/[0-9a-z]+/i)
      if (link) return link[0]
    }
    await new Promise((done) => setTimeout(done, MESSAGE_LOOK_MS))
  }
  throw new Error(`no message with a link came to ${email} in ${folder}`)
}

async function messages(folder) {
  const names = await readdir(folder).catch(() => [])
  const sent = names.filter((name) => name.endsWith('.txt'))
  return Promise.all(sent.map((name) => readFile(join(folder, name), 'utf8')))
}
