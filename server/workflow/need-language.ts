import type { Protocol } from '../../protocols/schema.ts'
import { Refusal } from '../refusal.ts'

/** Refuses a language that the study does not have: nothing can have been shown in it. */
export function needLanguage({ languages }: Protocol, language: string): void {
  if (!languages.includes(language)) throw new Refusal('language-unknown', { languages })
}
