/** What is wrong with what somebody entered, by the server's code for it. */
import type { Translator } from '../../ui/texts.ts'
import type { DeskTexts } from '../shell/language.tsx'

export const faultTexts = {
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
  'address line': 'fault_addressLine',
  'address empty': 'fault_addressEmpty',
  'address several': 'fault_addressSeveral',
  'address bare': 'fault_addressBare',
  'address half': 'fault_addressHalf',
  'address accent': 'fault_addressAccent',
  'address sign': 'fault_addressSign',
  'address name long': 'fault_addressNameLong',
  'address domain': 'fault_addressDomain',
  'address long': 'fault_addressLong',
  telephone: 'fault_telephone',
  'mail or none': 'fault_mailOrNone',
  'same person': 'fault_samePerson',
  'out of reach': 'fault_outOfReach',
  'not text': 'fault_notText',
  'no rows': 'fault_noRows',
  'empty file': 'fault_emptyFile',
  'no column': 'fault_noColumn',
  'no such column': 'fault_noSuchColumn',
  'column twice': 'fault_columnTwice',
  cells: 'fault_cells',
  quote: 'fault_quote',
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

export const faultText = (fault: string): (typeof faultTexts)[keyof typeof faultTexts] =>
  Object.hasOwn(faultTexts, fault) ? faultTexts[fault as keyof typeof faultTexts] : 'fault_unknown'

/** What a fault names: what stood there, what could have stood there, an earlier line. */
interface Named {
  fault: string
  details?: { value?: string; known?: string[]; line?: number } | undefined
}

/** One fault of a file in whole sentences: what is wrong, what stands there, and what could. */
export function faultSentences(
  { say }: Pick<Translator<DeskTexts>, 'say'>,
  { fault, details: { value, known = [], line } = {} }: Named,
): string[] {
  return [
    say(faultText(fault)),
    ...(value ? [say('fault_stands', { value })] : []),
    ...(known.length > 0 ? [say('fault_could', { known: known.join(', ') })] : []),
    ...(line === undefined ? [] : [say('fault_line', { line })]),
  ]
}
