import assert from 'node:assert/strict'
import { test } from 'node:test'
import { byFault, refusalText } from '../../client/desk/case/fault-texts.ts'
import { faultSentences, faultTexts } from '../../client/desk/register/fault-texts.ts'
import { refusedText, studyFaults } from '../../client/desk/study/fault-texts.ts'
import { en } from '../../client/desk/texts/en.ts'
import { nl } from '../../client/desk/texts/nl.ts'
import { taskDetail } from '../../client/desk/today/task-detail.ts'
import { ApiFailure } from '../../client/ui/api.ts'
import { createTranslator } from '../../client/ui/texts.ts'
import { entryFaults } from '../../server/workflow/check-case.ts'
import { whatIsLeft } from '../../server/workflow/erase-answers.ts'
import { correctedAddress, formerAddress } from '../../server/workflow/former-address.ts'
import { fileFaults } from '../../server/workflow/read-cases-csv.ts'

const dutch = createTranslator(nl, 'nl')
const english = createTranslator<typeof nl>(en, 'en')

test('every fault of an import has words of its own, in Dutch other than in English', () => {
  const faults = [...entryFaults, ...fileFaults]
  assert.ok(faults.length > 30)
  const said = faults.map((fault) => {
    assert.ok(fault in faultTexts, fault)
    const details = { value: 'x1', known: ['y1', 'y2'], line: 7 }
    const [nlSentences, enSentences] = [faultSentences(dutch, { fault, details }), faultSentences(english, { fault, details })]
    assert.equal(nlSentences.length, 4)
    for (const [index, sentence] of nlSentences.entries()) {
      assert.match(sentence, /^\p{Lu}.*[.?"]$/u, fault)
      assert.notEqual(sentence, enSentences[index], fault)
      assert.doesNotMatch(sentence, /[{}]/)
    }
    assert.match(nlSentences.join(' '), /x1.*y1, y2.*7/)
    return nlSentences[0]
  })
  assert.equal(new Set(said).size, said.length, 'each fault has another sentence')
})

test('no sentence of the server is shown, whatever it refuses', () => {
  const why = 'An English sentence of the server.'
  for (const fault of [...Object.keys(byFault), ...Object.keys(studyFaults), 'unfit-case', 'one that nobody knows', null]) {
    const details = { fault, why, case: 'A-001', mistakes: [{ path: '/schedule/0', reason: 'x' }] }
    for (const code of ['change-refused', 'not-possible', 'body-invalid', 'unexpected'] as const) {
      const failure = new ApiFailure(code, details)
      for (const text of [refusalText, (one: ApiFailure, say: typeof dutch.say) => refusedText({ say }, one)]) {
        assert.doesNotMatch(text(failure, dutch.say), /English/)
        assert.notEqual(text(failure, dutch.say), text(failure, english.say as typeof dutch.say))
      }
    }
  }
})

test('what a task was given along is worded, and an answer of a mail server quoted as one', () => {
  const date = (instant: string) => instant.slice(0, 10)
  const told = (detail: string) => taskDetail({ ...dutch, date }, detail)
  assert.deepEqual(told('not open yet'), { says: ['De mail wachtte, want er stond nog niets open.'] })
  assert.deepEqual(told('EENVELOPE RCPT TO 550 5.1.1 no such (address)').quote, 'EENVELOPE RCPT TO 550 5.1.1 no such (address)')
  for (const ours of [formerAddress, correctedAddress]) assert.match(told(ours).says.join(), /^De mail .* adres/)
  const exports = [{ madeAt: '2026-05-01T08:00:00.000Z', manifestSha256: 'ab12cd34ef56ab12cd34ef56' }] as unknown as Parameters<
    typeof whatIsLeft
  >[0]
  assert.match(told(whatIsLeft(exports)).says.join(), /2026-05-01 \(manifest ab12cd34ef56\)\. Rapporten/)
  assert.doesNotMatch(told(whatIsLeft([])).says.join(), /erased|made before/)
})
