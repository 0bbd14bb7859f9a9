/** Titles of what a study names: its arms, its roles, its lists. */
import type { Localized } from '../../../instruments/definition.ts'
import { Text } from './language.tsx'

type Titled = readonly { id: string; title: Localized | Record<string, string> }[]

/** Its id where it has no title. */
export const titleOf = (list: Titled, id: string): Localized | Record<string, string> =>
  list.find((one) => one.id === id)?.title ?? { nl: id }

export function TitleOf({ list, id }: { list: Titled; id: string }) {
  return <Text of={titleOf(list, id)} />
}
