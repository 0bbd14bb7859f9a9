import { navigate } from '../../ui/navigation.ts'
import { Text, useDesk } from '../shell/language.tsx'
import { useMay } from '../shell/staff.tsx'
import type { ListGroup } from './api.ts'
import { shownAnswer } from './read-value.ts'

/** The repeated groups of a list: how many records each has, which came or went, and the way to add one or to take one away. */
export function Groups({ groups, study }: { groups: ListGroup[]; study: string }) {
  const { say, count, language, moment } = useDesk()
  const mayChange = useMay(study, 'answer queries')
  if (groups.length === 0) return null
  const open = (item: string, doing: string) => navigate(`?item=${encodeURIComponent(item)}&do=${doing}`)
  return (
    <section className="section" aria-labelledby="groups">
      <h2 id="groups">{say('groupsTitle')}</h2>
      <p className="quiet">{say('groupsLead')}</p>
      <ul className="dots">
        {groups.map((group) => (
          <li key={group.item}>
            <Text of={group.title} /> <code>{group.item}</code>{' '}
            <span className="quiet">{group.isAsked ? count('groupRecords', group.records) : say('valueNotAsked')}</span>
            {group.changes.map((change) => (
              <p key={change.at} className="value-change quiet">
                {say('valueWas', {
                  before: shownAnswer(group, change.before, language) || say('valueNone'),
                  name: change.by ?? say('entryBySomebody'),
                  moment: moment(change.at),
                  reason: change.reason,
                })}
              </p>
            ))}
            {mayChange && group.isAsked && (
              <span className="value-actions">
                {group.hasRoom && (
                  <button
                    type="button"
                    className="button-quiet"
                    aria-label={say('recordAddTitle', { item: group.item })}
                    onClick={() => open(group.item, 'add')}
                  >
                    {say('recordAdd')}
                  </button>
                )}
                {Array.from({ length: group.records }, (_, index) => (
                  <button
                    // biome-ignore lint/suspicious/noArrayIndexKey: a record has nothing but its place.
                    key={index}
                    type="button"
                    className="button-quiet"
                    aria-label={say('recordRemoveTitle', { number: index + 1, item: group.item })}
                    onClick={() => open(group.item, `remove&record=${index}`)}
                  >
                    {say('recordRemove', { number: index + 1 })}
                  </button>
                ))}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
