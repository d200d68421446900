// A plan on time, told once: a mother asks on her phone in July and has the final plan on day 139
// of 140. Every step is done by whoever does it in life, and every date is read off the page.
// demo: --on 2025-07-10 --children 12

import {
  answer, answerAll, askAllForAdvice, beforeDeciding, cast, choose, decideToAssess, enter,
  familyBase, fill, giveAdvice, go, holds, linkFor, matchAsker, person, prepareFinal, press, refused, says,
  sendDraft, sendFinal, setDay, takeOn, toTheEnd, tryNotKnown, writePlan,
} from './acts.mjs'
import { count, openBrowser } from './lib.mjs'

const CHILD = {
  name: 'Zayn Qureshi',
  given: 'Zayn',
  born: '2018-03-27',
  says: 'I like the big blocks. I do not like the bell.',
  hard: 'He cannot follow when many people talk.',
  helps: 'Pictures, and one person who knows him.',
  hope: 'That he has a friend and can say what he wants.',
  school: 'Hollin Moor Primary',
  others: 'Speech therapy at the clinic',
  language: 'Urdu',
  parent: 'Samina Qureshi',
  email: 'samina.qureshi@example.org',
  phone: '07700 900143',
  address: '4 Mill Lane\nAlderwick\nAL1 2BC',
}
const PLAN = {
  A: 'I like the big blocks. I do not like the bell.',
  B: 'Zayn does not follow talk of more than one person.',
  E: 'Zayn will follow a class instruction with one prompt by July 2026.',
  F: 'One-to-one speech and language therapy, 30 minutes every week in term.',
}
const SAID = {
  need: 'Zayn does not follow spoken instructions of more than two words.',
  outcome: 'Zayn follows a class instruction with one prompt by July 2026.',
  provision: 'One-to-one teaching with pictures, by a teacher trained for it.',
}

const browser = await openBrowser()
const { demo, officer, advisers } = await cast(browser)
await toTheEnd(async () => {
  await asks()
  const base = await request()
  const parent = await theirWayIn(base)
  await assessment(base, parent)
  await advice(parent)
  await plan(base, parent)
})
await browser.close()
count.close()

/** On 10 July the mother asks on her phone, stops, and carries on elsewhere. */
async function asks() {
  const first = await person(browser)
  await go(first, '/ask')
  for (let n = 0; n < 4; n += 1) await answer(first, CHILD)
  await press(first, 'Save and come back later')
  await says(first, 'a saved form gives a reference and a code', ['Your reference', 'Your code'])
  const [reference, code] = await first.getByRole('definition').allInnerTexts()
  await first.context().close()

  const phone = await person(browser)
  await go(phone, '/carry-on')
  await fill(phone, { Reference: reference, Code: 'not it' })
  await press(phone, 'Carry on')
  holds('a wrong code opens nothing', !phone.url().includes('/ask'), phone.url())
  await fill(phone, { Reference: reference, Code: code })
  await press(phone, 'Carry on')
  holds('the form goes on where it was left', phone.url().endsWith('/ask/hard'), phone.url())
  await answerAll(phone, CHILD)
  await says(phone, 'her words are read through as she wrote them', [CHILD.says, CHILD.hard])
  await press(phone, 'Send my request')
  await says(phone, 'the receipt says every date', [
    'Thursday 10 July 2025', 'By Thursday 21 August 2025', 'By Thursday 30 October 2025',
    'By Thursday 27 November 2025',
  ])
}

/** The officer finds it among the new requests, and does what the law asks first. */
async function request() {
  const { page } = officer
  await go(page, '/today')
  await says(page, 'it stands among the new requests', ['New requests to take on', CHILD.name])
  const base = await takeOn(page, CHILD)
  await matchAsker(page, base)
  await says(page, 'who asked is matched', [CHILD.parent], ['Who asked: check who they are'])
  await beforeDeciding(page, base)
  await says(page, 'family and bodies are told', ['Done. 10 July 2025'])
  return base
}

/** The mother gets in by the one-use link that her e-mail brings. */
async function theirWayIn(base) {
  const link = await linkFor(CHILD.email)
  const page = await person(browser)
  await enter(page, link)
  const other = await person(browser)
  await other.goto(link)
  await says(other, 'the link works once', ['This link does not work any more'])
  await other.context().close()
  const home = familyBase(base)
  await go(page, home)
  await says(page, 'her page says the next date and whose turn it is', [
    `${CHILD.given}’s case`, '21 August 2025', /turn/, '27 November 2025',
  ])
  return { page, home }
}

/** On 14 August the council decides to assess, and asks everybody on the same day. */
async function assessment(base, parent) {
  const { page } = officer
  await setDay(demo, '2025-08-14')
  await go(page, `${base}/decide`)
  await page.getByLabel('Your reasons, to the family').fill('He may need a plan.')
  await press(page, 'Save and check')
  const held = await page.getByRole('button', { name: 'See before sending' }).isDisabled()
  holds('no notice goes without the test answered', held, 'the button works')
  await says(page, 'and the page says why not', ['The button works when the test is answered'])
  await decideToAssess(page, base, CHILD)
  await says(page, 'the decision is in time', ['Decided to assess 14 August, in time'])
  await askAllForAdvice(page, base, advisers)
  await says(page, 'every body has until 25 September', [/(Thu 25 Sep .*){4}/])
  await go(parent.page, parent.home)
  await says(parent.page, 'the mother sees the decision and who was asked', [
    'Advice: 0 of 5 are in', '25 September 2025', 'may need a plan',
  ])
}

/** Four answer by the last day; health is seven days late, and everybody sees it. */
async function advice(parent) {
  await setDay(demo, '2025-09-25')
  const { page } = advisers.psychologist
  await tryNotKnown(page, CHILD)
  await refused(page, '“not known to us” is no advice', 'Not knowing a child is why advice is asked')
  for (const role of ['psychologist', 'school', 'social-care']) {
    await giveAdvice(advisers[role].page, CHILD, SAID)
    await says(advisers[role].page, `${role}: advice is in, in time`, [
      'has your advice', '25 September 2025',
    ], ['after the last day'])
  }
  await setDay(demo, '2025-09-26')
  await go(parent.page, parent.home)
  await says(parent.page, 'the mother sees what is late, and whose turn it is', [
    'Health’s turn', '1 day late', 'It was due on Thursday 25 September 2025',
  ])
  await setDay(demo, '2025-10-02')
  await giveAdvice(advisers.health.page, CHILD, SAID)
  await says(advisers.health.page, 'health is told that it was late', [
    '2 October 2025', '7 days after the last day',
  ])
}

/** The draft goes on 23 October, her comments come, and the final plan goes on 26 November. */
async function plan(base, parent) {
  const { page } = officer
  await setDay(demo, '2025-10-23')
  await sendDraft(page, base, PLAN)
  await go(parent.page, parent.home)
  await says(parent.page, 'it is her turn until 6 November', ['Your turn', '6 November 2025'])
  await go(parent.page, `${parent.home}/plan`)
  await says(parent.page, 'she reads the draft', [PLAN.F, '6 November 2025'])
  await setDay(demo, '2025-11-05')
  await go(parent.page, `${parent.home}/plan`)
  await fill(parent.page, { 'Your comments on the draft': 'F1 does not say who gives it.' })
  await choose(parent.page, 'Do you want to meet an officer about the draft?', 'No')
  await press(parent.page, 'Send my comments')
  await go(page, `${base}/plan`)
  await says(page, 'the officer reads her comments', ['F1 does not say who gives it.'])
  await writePlan(page, base, { I: 'Hollin Moor Primary' })
  await prepareFinal(page, base)
  await says(page, 'before her days end no final plan goes', [
    'The family’s 15 days are not over', '6 November 2025',
  ])
  const held = await page.getByRole('button', { name: 'See before sending' }).isDisabled()
  holds('the button of the final plan does not work before then', held, 'it works')
  await setDay(demo, '2025-11-26')
  await sendFinal(page, base)
  await go(parent.page, parent.home)
  await says(parent.page, 'the plan is in time', [
    'Final plan 26 November, in time', 'appeal to the SEND Tribunal until 26 January 2026',
  ], ['Sent to you .'])
  await go(parent.page, `${parent.home}/plan`)
  await says(parent.page, 'she reads by when she may appeal', [
    'Hollin Moor Primary', '26 January 2026',
  ])
}
