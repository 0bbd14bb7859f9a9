/** What a purpose of consent is called: by the protocol, or here where it is one of those that ship. */
import type { Localized } from '../../../instruments/definition.ts'
import type { Translator } from '../../ui/texts.ts'
import { wordsIn } from '../../ui/words.ts'
import type { DeskTexts } from './language.tsx'

const known = {
  research: 'purposeResearch',
  'contact-later': 'purposeContactLater',
  'contact-child': 'purposeContactChild',
  'file-access': 'purposeFileAccess',
} as const

/** Its id where nobody gave it a name. */
export function purposeName(
  { say, language }: Pick<Translator<DeskTexts>, 'say' | 'language'>,
  consents: readonly { purpose: string; title: Localized | Record<string, string> | null }[],
  purpose: string,
): string {
  const title = consents.find((one) => one.purpose === purpose && one.title)?.title
  if (title) return wordsIn(title, language).text
  return Object.hasOwn(known, purpose) ? say(known[purpose as keyof typeof known]) : purpose
}
