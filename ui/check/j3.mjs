// A late plan: the psychologist's advice comes 37 weeks late and the plan in week 60. Everybody sees
// from the first day what is late and whose turn it is, and nobody can call it an exception.
// demo: --on 2025-01-09 --children 12

import {
  answerAll, askAllForAdvice, beforeDeciding, cast, decideToAssess, enter, familyBase, giveAdvice,
  go, holds, linkFor, matchAsker, person, press, refused, says, sendDraft, sendFinal, setDay,
  takeOn, toTheEnd, writePlan,
} from './acts.mjs'
import { count, openBrowser } from './lib.mjs'

const CHILD = {
  name: 'Rosa Tamlin',
  given: 'Rosa',
  born: '2017-05-02',
  says: 'I want to read like my sister.',
  hard: 'Reading, and the noise of the hall.',
  helps: 'A quiet corner.',
  hope: 'That she likes school again.',
  school: 'Hollin Moor Primary',
  others: 'The family doctor',
  parent: 'Ines Tamlin',
  email: 'ines.tamlin@example.org',
  phone: '07700 900144',
  address: '9 Weir Row\nAlderwick\nAL1 3DE',
}
const PLAN = {
  A: 'I want to read like my sister.',
  B: 'Rosa does not yet read simple words.',
  E: 'Rosa will read a page of her choice by July 2027.',
  F: 'One-to-one reading with a specialist teacher, 30 minutes on 4 days every week in term.',
}
const SAID = {
  need: 'Rosa does not yet link letters and sounds.',
  outcome: 'Rosa reads simple words by July 2026.',
  provision: 'Daily one-to-one teaching by a specialist teacher.',
}

const browser = await openBrowser()
const { demo, officer, advisers } = await cast(browser)
await toTheEnd(async () => {
  const { base, parent } = await request()
  await assessment(base)
  await lateAdvice(base, parent)
  await latePlan(base, parent)
  await noException(base)
  await inTheEnd(base, parent)
})
await browser.close()
count.close()

/** The request of 9 January; the mother gets in as soon as the officer knows who she is. */
async function request() {
  const page = await person(browser)
  await go(page, '/ask')
  await answerAll(page, CHILD)
  await press(page, 'Send my request')
  await says(page, 'the receipt says every date', [
    'Thursday 9 January 2025', 'By Thursday 20 February 2025', 'By Thursday 29 May 2025',
  ])
  const base = await takeOn(officer.page, CHILD)
  await matchAsker(officer.page, base)
  await beforeDeciding(officer.page, base)
  await enter(page, await linkFor(CHILD.email))
  return { base, parent: { page, home: familyBase(base) } }
}

/** The decision on its last day, and everybody asked. All but the psychologist answer. */
async function assessment(base) {
  await setDay(demo, '2025-02-20')
  await decideToAssess(officer.page, base, CHILD)
  await askAllForAdvice(officer.page, base, advisers)
  await says(officer.page, 'every body has until 3 April', [/(Thu 3 Apr .*){4}/])
  await setDay(demo, '2025-03-27')
  for (const role of ['health', 'school', 'social-care']) {
    await giveAdvice(advisers[role].page, CHILD, SAID)
  }
}

/** On the last day nothing is late; on the day after, the psychologist's advice is. */
async function lateAdvice(base, parent) {
  await setDay(demo, '2025-04-03')
  await go(parent.page, parent.home)
  await says(parent.page, 'on the last day nothing is late', ['Due today'], [/\d+ days? late/])
  await setDay(demo, '2025-04-04')
  await go(parent.page, parent.home)
  await says(parent.page, 'the mother sees the late advice and whose turn it is', [
    'Psychology service’s turn', '1 day late', 'It was due on Thursday 3 April 2025',
  ])
  await go(officer.page, base)
  await says(officer.page, 'the officer sees it with its owner', [
    /educational psychologist reg 8\(1\) Thu 3 Apr 1 day late Psychology service/i,
  ])
}

/** The plan was due on 29 May; on the day after it is late, and that is the council's turn. */
async function latePlan(base, parent) {
  await setDay(demo, '2025-05-29')
  await go(officer.page, base)
  await says(officer.page, 'on its last day the plan is not late', [
    /Send the final EHC plan reg 13\(2\)-\(3\) Thu 29 May Today You/,
  ])
  await setDay(demo, '2025-05-30')
  await go(parent.page, parent.home)
  await says(parent.page, 'the mother sees the late plan and whose turn it is', [
    /Aldermere’s turn .*Final plan 1 day late It was due on Thursday 29 May 2025/,
  ])
  await go(officer.page, base)
  await says(officer.page, 'the officer sees that it is theirs', [
    /Send the final EHC plan .* Thu 29 May 1 day late You/,
  ])
  await go(officer.page, '/today')
  await says(officer.page, 'and it stands among what is late', [
    new RegExp(`Late, or last day.*${CHILD.name}`),
  ])
}

/** Too few psychologists is no ground of the law: neither for the plan nor for the advice. */
async function noException(base) {
  const { page } = officer
  for (const duty of ['plan-20w', 'as-advice-6w']) {
    await go(page, `${base}/exception?duty=${duty}`)
    const grounds = await page.getByRole('radio').evaluateAll(
      (list) => list.map((one) => one.labels[0].textContent.trim()),
    )
    const wrong = grounds.filter((one) => /psycholog|staff|capacity|panel/i.test(one))
    holds(`${duty}: only the law’s grounds can be chosen`, grounds.length > 0 && wrong.length === 0,
      `the grounds are ${grounds.join('; ')}`)
    await says(page, `${duty}: the page says that few psychologists is none`, [
      'No exception: too few staff or psychologists',
    ])
    await page.getByLabel(/^Why was it impractical/).fill('There is no psychologist.')
    await press(page, 'Claim this exception')
    await refused(page, `${duty}: a claim without a ground is refused`, 'Choose')
  }
}

/** The advice of 18 December and the plan of 5 March, each as late as it is. */
async function inTheEnd(base, parent) {
  await setDay(demo, '2025-12-18')
  await giveAdvice(advisers.psychologist.page, CHILD, SAID)
  await says(advisers.psychologist.page, 'the advice is 37 weeks late', [
    'Thursday 18 December 2025', '259 days after the last day',
  ])
  await setDay(demo, '2026-01-29')
  await sendDraft(officer.page, base, PLAN)
  await setDay(demo, '2026-03-05')
  await writePlan(officer.page, base, { I: 'Hollin Moor Primary' })
  await sendFinal(officer.page, base)
  await go(parent.page, parent.home)
  await says(parent.page, 'the mother sees how late the plan was', [
    'Final plan 5 March, late', 'The final plan was sent 280 days late',
  ])
  await go(officer.page, base)
  await officer.page.getByText(/\d+ duties met, \d+ of them late/).click()
  await says(officer.page, 'and so does the officer', ['280 days late', '259 days late'])
}
