/** What is wrong with what somebody entered, by the server's code for it. */
import type { DeskTexts } from '../shell/language.tsx'

const texts = {
  code: 'fault_code',
  taken: 'fault_taken',
  repeated: 'fault_repeated',
  empty: 'fault_empty',
  unknown: 'fault_unknown',
  date: 'fault_date',
  month: 'fault_month',
  'no date': 'fault_noDate',
  nobody: 'fault_nobody',
  'by lot': 'fault_byLot',
  'lot within region': 'fault_lotWithinRegion',
  'first child': 'fault_firstChild',
  name: 'fault_name',
  address: 'fault_address',
  'same person': 'fault_samePerson',
  'out of reach': 'fault_outOfReach',
  'not text': 'fault_notText',
  'no rows': 'fault_noRows',
  'empty file': 'fault_emptyFile',
  'no column': 'fault_noColumn',
  'no such column': 'fault_noSuchColumn',
  'column twice': 'fault_columnTwice',
  row: 'fault_row',
  differs: 'fault_differs',
  'study id': 'fault_studyId',
  'study there': 'fault_studyThere',
  'no protocol': 'fault_noProtocol',
  'stand-ins': 'fault_standIns',
  'no lots': 'fault_noLots',
  seed: 'fault_seed',
  'no draft': 'fault_noDraft',
} as const satisfies Record<string, keyof DeskTexts>

export const faultText = (fault: string): (typeof texts)[keyof typeof texts] =>
  Object.hasOwn(texts, fault) ? texts[fault as keyof typeof texts] : 'fault_unknown'
