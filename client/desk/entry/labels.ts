/** How the desk names what is typed in. */
import { useDesk } from '../shell/language.tsx'
import type { ListLine, Means } from './api.ts'

export const meansTexts = {
  paper: 'meansPaper',
  telephone: 'meansTelephone',
  interview: 'meansInterview',
  file: 'meansFile',
} as const satisfies Record<Means, string>

type Whom = Pick<ListLine, 'roleTitle' | 'place' | 'about'>

/** Who answers a list: "Ouder 2", "Interviewer, over Ouder 1". */
export function useWhose(): (list: Whom) => string {
  const { say, language } = useDesk()
  const titled = (title: Record<string, string>, place: number | null): string =>
    [title[language] ?? title.nl ?? '', place].filter((part) => part !== null).join(' ')
  return ({ roleTitle, place, about }) => {
    const who = titled(roleTitle, place)
    return about ? `${who}, ${say('listAbout', { person: titled(about.role, about.place) })}` : who
  }
}
