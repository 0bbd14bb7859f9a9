import type { Localized } from '../../../instruments/definition.ts'
import { Text } from '../shell/language.tsx'

/** What a protocol decided where its source is silent. Earlier versions say it in English only. */
export function Assumptions({ of }: { of: readonly (string | Localized)[] }) {
  return (
    <ul>
      {of.map((assumption) =>
        typeof assumption === 'string' ? (
          <li key={assumption} lang="en">
            {assumption}
          </li>
        ) : (
          <li key={assumption.nl}>
            <Text of={assumption} />
          </li>
        ),
      )}
    </ul>
  )
}
