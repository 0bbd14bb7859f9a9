import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { emptyStudy, enteredStudy, shortName } from '../../client/desk/opening/draft.ts'

test('a short name follows from a name, and is one that the server takes, or empty', () => {
  assert.equal(shortName('Onderzoek Dé Familie (2)'), 'onderzoek-de-familie-2')
  assert.equal(shortName('2008: Eigen Kracht!'), 'eigen-kracht')
  assert.equal(shortName('١٢٣'), '')
  fc.assert(fc.property(fc.string({ maxLength: 80, unit: 'grapheme' }), (title) => /^([a-z][a-z0-9-]{0,39})?$/.test(shortName(title))))
})

test('what does not hold for the chosen kind of study or protocol is not sent along', () => {
  const typed = { ...emptyStudy, acceptedBy: 'Bea Beheer', drafts: ['tr', 'fy'], seed: 'ab', regions: ' Oost \n\nOost\nWest' }
  const real = enteredStudy(typed, { drafts: ['tr', 'ar'], byLot: false })
  assert.deepEqual(
    [real.standInsAcceptedBy, real.draftsAccepted, real.allocationSeed, real.regions],
    ['Bea Beheer', ['tr'], '', ['Oost', 'West']],
  )
  const practice = enteredStudy({ ...typed, isPractice: true }, { drafts: ['tr', 'ar'], byLot: true })
  assert.deepEqual([practice.standInsAcceptedBy, practice.draftsAccepted, practice.allocationSeed], ['', [], 'ab'])
})
