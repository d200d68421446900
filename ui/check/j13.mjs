// An area's year with its Local Offer: fourteen families say what is missing and what is wrong in
// October, each is published with an answer and an action before the year is out, what is missing
// becomes a decision, and anybody can count it all.
// demo: --on 2025-10-06 --children 2

import { createServer, request } from 'node:http'

import { choose, date, fill, follow, go, holds, person, press, says, setDay, staff, toTheEnd }
  from './acts.mjs'
import { DESK, PHONE, count, openBrowser } from './lib.mjs'

/** What is said: about what, in which words, and what is answered. */
const SAID = [
  ['missing', 'There is no weekend club for children who use a hoist.', 'A Saturday club with a hoist'],
  ['missing', 'Nobody here teaches cycling to blind teenagers.', 'Six tandem mornings'],
  ['missing', 'After nineteen there is nothing in the evenings.', 'An evening group for young adults'],
  ['missing', 'No dentist here sees a child who cannot sit still.', 'A quiet hour at the dental clinic'],
  ['missing', 'There is no group for grandparents who care.', 'A monthly grandparents’ table'],
  ['pages', 'The page on transport uses words that I had to look up.', 'The page is written again'],
  ['pages', 'I could not find whom to ring about continence.', 'The number stands first'],
  ['pages', 'The paper copy at the library is from last year.', 'A new copy every quarter'],
  ['pages', 'There is no film in sign language on any page.', 'Ten films in sign language'],
  ['pages', 'The waiting times carry no date.', 'Each waiting time has its month'],
  ['making', 'Young people were asked after it was decided.', 'The youth voice group reads drafts first'],
  ['making', 'Meetings are in the day, when we work.', 'Every second meeting is at seven'],
  ['making', 'Nobody asked families who speak Polish.', 'A Polish speaking worker asks'],
  ['making', 'We never heard what came of the survey.', 'What came of it is sent to all who answered'],
]
const ABOUT = {
  missing: 'Help that is not there',
  pages: 'These pages: finding and reading them',
  making: 'How the Local Offer is made, and who is asked',
}

const browser = await openBrowser()
const anybody = await person(browser)
// One place may say so much in a quarter of an hour and no more: half of the families are elsewhere.
const elsewhere = await placeOf('127.0.0.2')
const others = await browser.newContext({
  viewport: PHONE, javaScriptEnabled: false,
  proxy: { server: `http://127.0.0.1:${elsewhere.address().port}`, bypass: '<-loopback>' },
})
const somebody = await others.newPage()
const officer = (await staff(browser, 'officer')).page
const demo = await person(browser, DESK)
await toTheEnd(async () => {
  await say()
  await annualDate()
  await answerAll()
  await decideOnGap()
  await figures()
})
await browser.close()
elsewhere.close()
count.close()

/** A door through which a browser asks from another address of this machine. */
function placeOf(localAddress) {
  const door = createServer((asked, answer) => {
    const { method, headers, url } = asked
    const on = request(url, { method, headers, localAddress }, (got) => {
      answer.writeHead(got.statusCode, got.headers)
      got.pipe(answer)
    })
    on.on('error', () => answer.destroy())
    asked.pipe(on)
  })
  return new Promise((ready) => door.listen(0, '127.0.0.1', () => ready(door)))
}

/** October: fourteen comments, by people who are not signed in and give no name. */
async function say() {
  for (const [at, [about, words]] of SAID.entries()) {
    const page = at % 2 === 0 ? somebody : anybody
    if (at < 2) {
      await go(page, '/offer')
      await follow(page, 'Say what you think')
    } else {
      await go(page, '/offer/comment')
    }
    await choose(page, 'What is it about?', ABOUT[about])
    await fill(page, { 'What do you want to say?': words })
    await press(page, 'Send it')
  }
  await says(anybody, 'whoever says something is told the last day of the answer', [
    'Your comment is with the council', '6 October 2026',
  ])
  await go(anybody, '/offer/said')
  await says(anybody, 'nothing is public before it was read and answered', [], SAID.map(([, said]) => said))
}

/** What nobody has answered is late on the day after a year, for everybody to see. */
async function annualDate() {
  await setDay(demo, '2026-10-06')
  const late = async () => {
    await go(officer, '/comments')
    const rows = officer.getByRole('row').filter({ hasText: SAID[0][1].slice(0, 30) })
    return (await rows.count()) === 1 && (await rows.getByText('Late').count()) === 1
  }
  holds('on the last day an answer is not late', !(await late()), 'it is late')
  await setDay(demo, '2026-10-07')
  holds('on the day after it is', await late(), 'it is not late')
  await go(anybody, '/offer/said')
  await says(anybody, 'and anybody can read that', ['An answer is late'])
  await setDay(demo, '2026-08-24')
}

/** In August of the next year each is published with its answer and its action. */
async function answerAll() {
  for (const [, words, action] of SAID) {
    await go(officer, '/comments')
    const row = officer.getByRole('row').filter({ hasText: words.slice(0, 30) })
    await Promise.all([officer.waitForEvent('load'), row.getByRole('link').click()])
    await fill(officer, {
      'The answer': 'You are right, and we have looked into it with the forum.',
      'What will be done': action,
      'Who does it': 'The SEND team and the parent carer forum',
    })
    await date(officer, 'By when', '2027-03-31')
    await officer.getByRole('checkbox', { name: /nobody can be recognised/ }).check()
    await press(officer, 'Publish')
  }
  await go(anybody, '/offer/said')
  const all = SAID.flatMap(([, words, action]) => [words, action])
  await says(anybody, 'all fourteen are public, each with its action', all)
  await says(anybody, 'and none of them is late', [], ['An answer is late'])
}

/** What is missing is on the register, and staff decide what comes of it. */
async function decideOnGap() {
  await go(anybody, '/offer/gaps')
  await says(anybody, 'what is missing is on the register of gaps', [SAID[0][1]])
  await go(officer, '/local-offer/gaps')
  await says(officer, 'and on the desk of those who decide', [SAID[0][1]])
}

/** Anybody can count it. */
async function figures() {
  await go(anybody, '/offer/check')
  await says(anybody, 'the public check counts the answers and our own pages', [
    'Comments published with an answer', /Answers? .*late|whose answer is late/, 'Our own pages',
    /guides name somebody to ring/,
  ])
}
