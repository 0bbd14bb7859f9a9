/** A record comes into a repeated group, or goes: a placement that was forgotten, a person who was written down twice. */
import { useState } from 'react'
import { Text, useDesk } from '../shell/language.tsx'
import type * as api from './api.ts'
import { readRecord, shownValue } from './read-value.ts'
import { TriedChange } from './tried-change.tsx'
import { ValueField } from './value-field.tsx'

interface RecordDialogProps {
  place: api.Place
  answers: api.ListAnswers
  group: api.ListGroup
  onEnd(): void
  onDone(): void
}

export function AddRecord({ group, ...rest }: RecordDialogProps) {
  const { say } = useDesk()
  const [typed, setTyped] = useState<Record<string, string>>({})
  const read = () => {
    const record = readRecord(group.items, typed)
    return record && { remove: null, add: record }
  }
  const title = say('recordAddTitle', { item: group.item })
  return (
    <TriedChange {...rest} item={group.item} about={group.title} title={title} read={read} typed={JSON.stringify(typed)}>
      {group.items.map((one) => (
        <ValueField
          key={one.item}
          value={one}
          title={one.title}
          typed={typed[one.item] ?? ''}
          onType={(text) => setTyped({ ...typed, [one.item]: text })}
        />
      ))}
    </TriedChange>
  )
}

/** `index` counts from 0. */
export function RemoveRecord({ group, index, ...rest }: RecordDialogProps & { index: number }) {
  const { say, language } = useDesk()
  const values = rest.answers.values.filter(({ item }) => item.startsWith(`${group.item}[${index}].`))
  const title = say('recordRemoveTitle', { number: index + 1, item: group.item })
  return (
    <TriedChange {...rest} item={group.item} about={group.title} title={title} read={() => ({ remove: index, add: null })} typed="">
      <ul className="dots">
        {values.map((value) => (
          <li key={value.item}>
            <Text of={value.title} />: {shownValue(value, value.value, language) || say('valueNone')}
          </li>
        ))}
      </ul>
    </TriedChange>
  )
}
