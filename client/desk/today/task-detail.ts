/** What a task was given along, in the reader's words. */
import type { Translator } from '../../ui/texts.ts'
import type { DeskTexts } from '../shell/language.tsx'

/** What the server itself writes down; anything else about a mail is an answer of the mail server. */
const own = {
  'there are no contact data': 'taskNoContact',
  'not open yet': 'taskHeldNotOpen',
  'address refused': 'taskHeldAddress',
  'said no': 'taskHeldSaidNo',
  'follows the invitation': 'taskHeldInvitation',
  'went to an address that was corrected since': 'taskFormerAddress',
  'has yet to go to the corrected address': 'taskCorrectedAddress',
  'the server stopped while the mail was in its hands': 'taskServerStopped',
} as const satisfies Record<string, keyof DeskTexts>

const erased = /^erased at their own request/
/** An export as such a task names it: the moment, and the beginning of the checksum of its manifest. */
const anExport = /(\d{4}-\d\d-\d\dT[\d:.]+Z) \(manifest ([0-9a-f]+)\)/g

interface Told {
  says: string[]
  /** Words of a mail server, as they came: mostly in English. */
  quote?: string
}

/** `detail` as the server kept it, of a task that has no words of the protocol. */
export function taskDetail({ say, date }: Pick<Translator<DeskTexts>, 'say'> & { date(instant: string): string }, detail: string): Told {
  if (Object.hasOwn(own, detail)) return { says: [say(own[detail as keyof typeof own])] }
  if (!erased.test(detail)) return { says: [say('taskMailServer')], quote: detail }
  const exports = [...detail.matchAll(anExport)].map(([, at = '', manifest = '']) => say('taskErasedExport', { day: date(at), manifest }))
  if (exports.length === 0) return { says: [say('taskErasedNone')] }
  return { says: [say('taskErasedExports', { exports: exports.join(', ') })] }
}
