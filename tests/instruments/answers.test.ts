import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { Model } from 'survey-core'
import { answerChecker } from '../../instruments/answers.ts'
import { itemsInCondition, readCondition } from '../../instruments/condition.ts'
import { agreement, choices, exampleInstrument, text } from './example.ts'

const question = (name: string, type: string, more: Record<string, unknown> = {}) => ({ name, type, title: text(name), ...more })

/** The instrument with one item `q` of this kind, and what its checker makes of an answer to it. */
function answered(element: Record<string, unknown>, answer: unknown) {
  const { problems, answers, open } = answerChecker(exampleInstrument([[element]]))({ q: answer })
  return { accepted: answers.q, problem: problems[0]?.reason, open: open.length > 0 }
}

const refusals: [what: string, element: Record<string, unknown>, answers: unknown[], reason: RegExp][] = [
  ['a choice', agreement('q'), [0, 7, 1.5, '3', true, [3], { value: 3 }, '<b>3</b>', 1e308], /^This item takes one of 1, 2, 3, 4, 5, 6\.$/],
  ['a dropdown', question('q', 'dropdown', { choices: choices(0, 2) }), [2, -1, '0', false], /one of 0, 1\.$/],
  [
    'a checkbox',
    question('q', 'checkbox', { choices: choices(1, 3) }),
    [1, [1, 1], [4], ['1'], [1, 2, 3, 1], [[1]], 'a', { 0: 1 }],
    /^This item takes a list of different numbers out of 1, 2, 3\.$/,
  ],
  [
    'a number',
    question('q', 'text', { inputType: 'number', min: 1, max: 10, step: 0.5 }),
    [0.5, 10.5, 1.25, '5', [5], Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    /^This item takes a number, not below 1, not above 10, in steps of 0\.5 from 1\.$/,
  ],
  [
    'a date',
    question('q', 'text', { inputType: 'date', min: '2006-01-01', max: '2007-12-31' }),
    ['2005-12-31', '2008-01-01', '2007-02-29', '1-2-2007', '2007-02-01T00:00:00Z', 20070201],
    /^This item takes a date written as YYYY-MM-DD, not before 2006-01-01, not after 2007-12-31\.$/,
  ],
  [
    'a text',
    question('q', 'text', { maxLength: 5 }),
    ['zes te', 5, ['a'], 'a\u0000b', 'a\u001bb', 'a\u0085b', 'a\ud800'],
    /^This item takes a text of at most 5 characters, without control characters\.$/,
  ],
]

for (const [what, element, wrong, reason] of refusals)
  test(`${what} refuses what is out of range or of another type, without repeating it`, () => {
    for (const answer of wrong) {
      const { accepted, problem, open } = answered(element, answer)
      assert.equal(accepted, undefined, JSON.stringify(answer))
      assert.match(problem ?? '', reason, JSON.stringify(answer))
      assert.equal(open, false, 'a wrong answer is a problem, not an open item')
    }
  })

test('what fits is accepted as it is', () => {
  const number = question('q', 'text', { inputType: 'number', min: 0, max: 1, step: 0.1 })
  for (const answer of [0, 0.3, 0.7, 1]) assert.equal(answered(number, answer).accepted, answer)
  assert.equal(answered(question('q', 'text', { inputType: 'date' }), '2008-02-29').accepted, '2008-02-29')
  assert.equal(answered(question('q', 'text'), 'Ömer zei: "dank je" 👍').accepted, 'Ömer zei: "dank je" 👍')
  assert.equal(answered(question('q', 'comment'), 'regel 1\n\tregel 2').accepted, 'regel 1\n\tregel 2')
})

test('a text holds 1,000 characters and a comment 10,000 unless the definition says otherwise', () => {
  for (const [type, longest] of [
    ['text', 1000],
    ['comment', 10_000],
  ] as const) {
    assert.equal(answered(question('q', type), 'a'.repeat(longest)).problem, undefined)
    assert.match(answered(question('q', type), 'a'.repeat(longest + 1)).problem ?? '', new RegExp(`at most ${longest} `))
  }
})

test('equal answers get one spelling: ticked choices in the order offered, one kind of line end, no minus zero', () => {
  assert.deepEqual(answered(question('q', 'checkbox', { choices: choices(0, 4) }), [3, -0, 2]).accepted, [0, 2, 3])
  assert.equal(answered(question('q', 'comment'), 'a\r\nb\rc').accepted, 'a\nb\nc')
  assert.ok(Object.is(answered(question('q', 'text', { inputType: 'number' }), -0).accepted, 0))
})

test('a number without limits of its own has at most 15 digits, which every program keeps whole', () => {
  const open = question('q', 'text', { inputType: 'number' })
  for (const answer of [999_999_999_999_999, -999_999_999_999_999]) assert.equal(answered(open, answer).accepted, answer)
  for (const answer of [1e15, -1e15, 1e160, Number.MAX_VALUE])
    assert.equal(answered(open, answer).problem, 'This item takes a number, of at most 15 digits.')
})

test('nothing, an empty or blank text and an empty list are no answers', () => {
  for (const nothing of [null, undefined, '', '  \n', []]) {
    const { accepted, problem, open } = answered(agreement('q'), nothing)
    assert.deepEqual({ accepted, problem, open }, { accepted: undefined, problem: undefined, open: true }, JSON.stringify(nothing))
  }
})

test('unknown items are refused, empty or not, __proto__ and constructor among them', () => {
  const check = answerChecker(exampleInstrument([[agreement('a')]]))
  const { problems, answers } = check(JSON.parse('{"a": 2, "b": null, "__proto__": {"a": 3}, "constructor": 1, "toString": ""}'))
  assert.deepEqual(
    problems.map(({ item }) => item),
    ['b', '__proto__', 'constructor', 'toString'],
  )
  assert.deepEqual(answers, { a: 2 })
  assert.equal(({} as Record<string, unknown>).a, undefined)
})

test('an unknown name of any length comes back cut', () => {
  const { problems } = answerChecker(exampleInstrument([[agreement('a')]]))({ ['x'.repeat(100_000)]: 1 })
  assert.equal(problems[0]?.item, 'x'.repeat(40))
})

test('answers that are no object at all are one problem, and everything is open', () => {
  const check = answerChecker(exampleInstrument([[agreement('a')]]))
  for (const input of [null, undefined, 3, 'a', [1], true]) {
    const { problems, open } = check(input)
    assert.deepEqual(problems, [{ item: '', reason: 'Answers are an object with the names of items as keys.' }])
    assert.equal(open.length, 1)
  }
})

test('open and required items come in the order of the instrument, each with its page', () => {
  const check = answerChecker(exampleInstrument([[agreement('a'), agreement('b', { isRequired: true })], [agreement('c')]]))
  const { asked, open, required } = check({ c: 1 })
  assert.deepEqual(asked, ['a', 'b', 'c'])
  assert.deepEqual(open, [
    { item: 'a', page: 'page_1' },
    { item: 'b', page: 'page_1' },
  ])
  assert.deepEqual(required, [{ item: 'b', page: 'page_1' }])
})

const conditional = exampleInstrument([
  [
    agreement('work'),
    agreement('hours', { visibleIf: '{work} = 1', isRequired: true }),
    agreement('travel', { visibleIf: '{hours} >= 4' }),
  ],
  [
    {
      type: 'panel',
      name: 'panel',
      visibleIf: '{work} notempty',
      elements: [agreement('inside'), agreement('deeper', { visibleIf: '{inside} anyof [1, 2]' })],
    },
  ],
])

test('an item is asked when its own condition and those of its panels hold', () => {
  const check = answerChecker(conditional)
  assert.deepEqual(check({}).asked, ['work'])
  assert.deepEqual(check({ work: 2 }).asked, ['work', 'inside'])
  assert.deepEqual(check({ work: 1, hours: 5, inside: 2 }).asked, ['work', 'hours', 'travel', 'inside', 'deeper'])
  assert.deepEqual(check({ work: 2, inside: 3 }).notApplicable, ['hours', 'travel', 'deeper'])
})

test('a required item that is not asked is not required', () => {
  assert.deepEqual(answerChecker(conditional)({ work: 2, inside: 3 }).required, [])
  assert.deepEqual(answerChecker(conditional)({ work: 1 }).required, [{ item: 'hours', page: 'page_1' }])
})

test('an answer to a hidden item is dropped before the next condition is read', () => {
  const { answers, notApplicable, problems } = answerChecker(conditional)({ work: 2, hours: 5, travel: 3 })
  assert.deepEqual(answers, { work: 2 })
  assert.deepEqual(notApplicable, ['hours', 'travel', 'deeper'])
  assert.deepEqual(problems, [])
})

test('a wrong answer to a hidden item is dropped too: nobody could correct it', () => {
  assert.deepEqual(answerChecker(conditional)({ work: 2, hours: 99 }).problems, [])
  assert.deepEqual(
    answerChecker(conditional)({ work: 1, hours: 99 }).problems.map(({ item }) => item),
    ['hours'],
  )
})

test('a wrong answer counts as none for the conditions of others', () => {
  assert.deepEqual(answerChecker(conditional)({ work: 99 }).notApplicable, ['hours', 'travel', 'inside', 'deeper'])
})

test('every item is either asked or not applicable, and only asked ones are answered, open or wrong', () => {
  const names = ['work', 'hours', 'travel', 'inside', 'deeper']
  const anything = fc.dictionary(
    fc.constantFrom(...names, 'unknown', '__proto__'),
    fc.oneof(fc.integer({ min: 1, max: 6 }), fc.jsonValue()),
  )
  fc.assert(
    fc.property(anything, (input) => {
      const { asked, notApplicable, answers, open, problems } = answerChecker(conditional)(input)
      assert.deepEqual([...asked, ...notApplicable].sort(), [...names].sort())
      const wrong = problems.map(({ item }) => item).filter((item) => names.includes(item))
      assert.deepEqual([...Object.keys(answers), ...open.map(({ item }) => item), ...wrong].sort(), [...asked].sort())
    }),
  )
})

test('checked answers, checked again, are the same', () => {
  const answer = fc.oneof(fc.integer({ min: 0, max: 7 }), fc.constant(null))
  const inputs = fc.record({ work: answer, hours: answer, travel: answer, inside: answer, deeper: answer }, { requiredKeys: [] })
  fc.assert(
    fc.property(inputs, (input) => {
      const once = answerChecker(conditional)(input)
      const twice = answerChecker(conditional)(once.answers)
      assert.deepEqual(twice.answers, once.answers)
      assert.deepEqual(twice.notApplicable, once.notApplicable)
    }),
  )
})

test('a condition that is not one, or that reads the clock, is refused with its place', () => {
  assert.throws(() => readCondition('{a} = = 1'), /"\{a\} = = 1" is not a condition: SurveyJS stops reading at character 7/)
  for (const impure of ['age({born}) > 17', '{a} < today()', 'iif({a} = 1, year(), 1) = 2', 'unknown({a})'])
    assert.throws(() => readCondition(impure), /may call only avg, count/)
  assert.throws(() => answerChecker(exampleInstrument([[agreement('a', { visibleIf: '{b' })]])), RangeError)
})

test('the items that a condition looks at are known', () => {
  assert.deepEqual(itemsInCondition('{a} = 1 and (sum({b}, {c}) > 3 or {a} empty)'), ['a', 'b', 'c'])
})

test('the server asks the same items as SurveyJS does in the browser when hidden values are cleared at once', () => {
  const answer = fc.integer({ min: 1, max: 6 })
  const steps = fc.array(fc.tuple(fc.constantFrom('work', 'hours', 'travel', 'inside', 'deeper'), answer), { maxLength: 12 })
  fc.assert(
    fc.property(steps, (typed) => {
      const model = new Model({ ...conditional.survey, clearInvisibleValues: 'onHiddenContainer' })
      // Somebody can answer only what is on the screen, and may change an earlier answer.
      for (const [name, value] of typed) if (model.getQuestionByName(name).isVisible) model.setValue(name, value)
      const shown = model.getAllQuestions(true).filter((question) => question.isVisible && question.parent.isVisible)
      const check = answerChecker(conditional)(model.data)
      assert.deepEqual(
        check.asked,
        shown.map(({ name }) => name),
      )
      assert.deepEqual(check.problems, [])
    }),
  )
})
