import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { paragraphsOf } from '../../instruments/plain-text.ts'

test('paragraphs, breaks, list items and blank lines part the text; other tags go', () => {
  assert.deepEqual(paragraphsOf('<p>Een <b>dik</b> woord.</p><p>Twee<br/>drie</p><ul><li>vier</li></ul>\n\nvijf\nzes'), [
    'Een dik woord.',
    'Twee',
    'drie',
    'vier',
    'vijf zes',
  ])
})

test('entities become what they stand for, once', () => {
  assert.deepEqual(paragraphsOf('Ouder &amp; kind &lt;3 caf&#233; &#x20AC;5 &amp;lt; &onbekend;'), [
    'Ouder & kind <3 café €5 &lt; &onbekend;',
  ])
})

test('scripts and styles leave nothing behind', () => {
  assert.deepEqual(paragraphsOf('<script>alert(1)</script>A<style>p{}</style><img src=x onerror=alert(1)>B<script>open'), ['AB'])
})

test('text without markup stays as it is', () => {
  assert.deepEqual(paragraphsOf('Is 3 < 4 en 5 > 2? Ja.'), ['Is 3 < 4 en 5 > 2? Ja.'])
})

test('it takes any text', () => {
  fc.assert(fc.property(fc.string(), (text) => Array.isArray(paragraphsOf(text))))
})
