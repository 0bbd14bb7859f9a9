import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isStandIn } from '../../instruments/definition.ts'
import { itemsOf } from '../../instruments/items.ts'
import { loadDefinitions } from '../../server/definitions/load.ts'
import { ownLanguages } from '../../server/languages.ts'
import { ownHead, paper } from '../../server/paper/paper.ts'
import { paperTextsIn } from '../../server/paper/texts/languages.ts'

const { instruments } = loadDefinitions(undefined)

const printed = (instrument: ReturnType<typeof instruments.need>, language = 'nl') =>
  String(paper({ instrument, language, whose: null }, ownHead(''), null))

const codes = (html: string): string[] => [...html.matchAll(/<span class="code" dir="ltr">([^<]*)<\/span>/g)].map(([, code = '']) => code)

test('every shipped list on paper has each of its questions by name, once, and every value that can be answered', () => {
  for (const instrument of instruments.all()) {
    const html = printed(instrument)
    const found = codes(html)
    for (const item of itemsOf(instrument)) {
      assert.equal(found.filter((code) => code === item.name).length, 1, `${instrument.id}: ${item.name}`)
      const inner = item.kind === 'records' ? item.items : [item]
      for (const { name, choices } of inner) {
        assert.ok(found.includes(name), `${instrument.id}: ${name}`)
        for (const { value } of choices) assert.ok(found.includes(String(value)), `${instrument.id}: ${name} = ${value}`)
      }
    }
    assert.equal(html.includes('Dit is niet de echte lijst.'), isStandIn(instrument), instrument.id)
    assert.ok(html.includes(`${instrument.id}@${instrument.version}`))
  }
})

test('records come three times, with a word on where the rest goes', () => {
  const agreements = instruments.all().find(({ id }) => id === 'fufrek')
  assert.ok(agreements)
  const html = printed(agreements)
  assert.deepEqual(
    [...html.matchAll(/<h4>([^<]*)<\/h4>/g)].map(([, heading]) => heading),
    ['Afspraak 1', 'Afspraak 2', 'Afspraak 3'],
  )
  assert.equal(codes(html).filter((code) => code === 'agreement').length, 3)
  assert.ok(html.includes('Schrijf ze op een ander vel.'))
})

test('words of a definition cannot become markup', () => {
  const [shipped] = instruments.all()
  assert.ok(shipped)
  const title = { nl: '<script>alert(1)</script> & "zo"', en: 'x' }
  const html = printed({ ...shipped, survey: { ...shipped.survey, title } })
  assert.ok(!html.includes('<script>alert'))
  assert.ok(html.includes('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;zo&quot;'))
})

test('paper speaks each of our languages in words of its own, says which were made by machine, and marks what is not translated', () => {
  const [shipped] = instruments.all()
  assert.ok(shipped)
  for (const language of ownLanguages) {
    const html = printed({ ...shipped, survey: { ...shipped.survey, title: { nl: 'Alleen Nederlands', en: 'Only English' } } }, language)
    assert.match(html, new RegExp(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`))
    assert.ok(html.includes(paperTextsIn(language).howTo))
    assert.equal(paperTextsIn(language).draft !== '', !['nl', 'en'].includes(language))
    if (!['nl', 'en'].includes(language)) assert.ok(html.includes('<h1><span lang="nl" dir="ltr">Alleen Nederlands</span></h1>'), language)
    assert.equal(paperTextsIn(language).howToLines.length, paperTextsIn('nl').howToLines.length)
  }
})
