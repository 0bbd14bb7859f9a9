import { useState } from 'react'
import { useDesk } from '../shell/language.tsx'
import type * as api from './api.ts'
import { readValue } from './read-value.ts'
import { TriedChange } from './tried-change.tsx'
import { ValueField } from './value-field.tsx'

interface ChangeDialogProps {
  place: api.Place
  answers: api.ListAnswers
  value: api.ListValue
  onEnd(): void
  onDone(): void
}

/** Changes one value. */
export function ChangeDialog({ value, ...rest }: ChangeDialogProps) {
  const { say } = useDesk()
  const [typed, setTyped] = useState(Array.isArray(value.value) ? value.value.join(' ') : String(value.value ?? ''))
  const read = () => {
    const answer = readValue(value.input, typed)
    return answer === undefined ? undefined : { value: answer }
  }
  return (
    <TriedChange {...rest} item={value.item} about={value.title} title={say('changeTitle', { item: value.item })} read={read} typed={typed}>
      <ValueField value={value} typed={typed} onType={setTyped} />
    </TriedChange>
  )
}
