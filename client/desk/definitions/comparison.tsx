/** How two versions of an instrument differ: questions, scales, and what else. The two are in the address. */
import { useQuery } from '@tanstack/react-query'
import type { Phrase } from '../../../instruments/phrase.ts'
import { navigate, useSearch } from '../../ui/navigation.ts'
import { Fetched } from '../shell/fetched.tsx'
import { useDesk } from '../shell/language.tsx'
import { usePath } from '../shell/link.tsx'
import { useStudy } from '../shell/study.tsx'
import { comparisonQuery, type InstrumentView } from './api.ts'
import { differenceText } from './difference-words.ts'

export function Comparison({ instrument: { reference, versions } }: { instrument: InstrumentView }) {
  const { say } = useDesk()
  const path = usePath()
  const parameters = new URLSearchParams(useSearch())
  if (versions.length < 2) return <p className="alert">{say('defOneVersion')}</p>
  const known = (wanted: string | null, otherwise: string): string => (wanted !== null && versions.includes(wanted) ? wanted : otherwise)
  const newer = known(parameters.get('newer'), versions.at(-1) ?? reference)
  const older = known(parameters.get('older'), versions.filter((one) => one !== newer).at(-1) ?? reference)
  const choose = (change: Record<string, string>) =>
    navigate(`${path}?${new URLSearchParams({ show: 'versions', older, newer, ...change })}`, { replace: true })
  const choice = (name: 'older' | 'newer', value: string) => (
    <label className="field">
      {say(name === 'older' ? 'defOlder' : 'defNewer')}
      <select value={value} onChange={({ target }) => choose({ [name]: target.value })}>
        {versions.map((version) => (
          <option key={version}>{version}</option>
        ))}
      </select>
    </label>
  )
  return (
    <>
      <div className="filters">
        {choice('older', older)}
        {choice('newer', newer)}
      </div>
      <Differences older={older} newer={newer} />
    </>
  )
}

function Differences({ older, newer }: { older: string; newer: string }) {
  const { say } = useDesk()
  const { id } = useStudy()
  const query = useQuery(comparisonQuery(id, older, newer))
  const told = (phrases: Phrase[], about: string): string => [...new Set(phrases.map((one) => differenceText(say, one, about)))].join('; ')
  return (
    <Fetched query={query}>
      {({ items, scales, other }) => {
        const lists = [
          { title: say('defAdded'), names: items.added },
          { title: say('defRemoved'), names: items.removed },
          { title: say('defReworded'), names: items.reworded },
        ].filter(({ names }) => names.length > 0)
        const isSame =
          lists.length === 0 && items.changed.length === 0 && other.length === 0 && scales.every(({ comparable }) => comparable)
        return (
          <>
            {isSame && <p className="alert">{say('defSame')}</p>}
            {lists.map(({ title, names }) => (
              <section className="section" key={title}>
                <h2>{title}</h2>
                <ul className="item-names">
                  {names.map((name) => (
                    <li key={name}>
                      <code>{name}</code>
                    </li>
                  ))}
                </ul>
              </section>
            ))}
            {items.changed.length > 0 && (
              <section className="section">
                <h2>{say('defChanged')}</h2>
                <ul>
                  {items.changed.map(({ name, comparable, reasons, differences }) => (
                    <li key={name}>
                      <code>{name}</code> <span className="tag">{say(comparable ? 'defComparable' : 'defNotComparable')}</span>{' '}
                      {told([...reasons, ...differences], name)}
                    </li>
                  ))}
                </ul>
              </section>
            )}
            {scales.length > 0 && (
              <section className="section">
                <h2>{say('defScales')}</h2>
                <ul>
                  {scales.map(({ id: scale, comparable, reasons }) => (
                    <li key={scale}>
                      <code>{scale}</code> <span className="tag">{say(comparable ? 'defComparable' : 'defNotComparable')}</span>{' '}
                      {told(reasons, scale)}
                    </li>
                  ))}
                </ul>
              </section>
            )}
            {other.length > 0 && (
              <section className="section">
                <h2>{say('defOther')}</h2>
                <ul>
                  {other.map((one) => (
                    <li key={one.reason}>{differenceText(say, one)}</li>
                  ))}
                </ul>
              </section>
            )}
          </>
        )
      }}
    </Fetched>
  )
}
