import { useState } from 'react'
import { useSpeaking } from '../speaking.tsx'
import { isListPreferred, preferList } from './stepwise.ts'

/** On a phone, for who would rather see the statements under each other, and back. On a wide screen it is not there. */
export function ViewChoice() {
  const { say } = useSpeaking()
  const [isList, setList] = useState(isListPreferred)
  const change = () => {
    preferList(!isList)
    setList(!isList)
  }
  return (
    <button type="button" className="button-quiet view-choice" onClick={change}>
      {isList ? say('oneByOne') : say('allTogether')}
    </button>
  )
}
