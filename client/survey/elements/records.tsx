/** A repeated group: its records under each other, each with its heading, and a button for one more. */
import { createContext, useContext, useEffect, useRef, useState } from 'react'
import { stepField } from '../../ui/post-button.tsx'
import { Said } from '../../ui/said.tsx'
import type { Words } from '../../ui/words.ts'
import { type ItemProps, idsOf } from '../element-props.ts'
import { stepValue } from '../posting.ts'
import { renderers } from '../renderers.ts'
import type { RecordsView, RecordView } from '../view.ts'
import { Notes, Question } from './asked.tsx'

/** The record (`placements[1]`, from 0) of which a page without scripts asks whether it really is to go. */
export const Removal = createContext<string | null>(null)

interface RecordsProps extends Omit<ItemProps, 'item'> {
  group: RecordsView
}

export function Records({ group, actions, words }: RecordsProps) {
  const ids = idsOf(group)
  const [isAdding, setAdding] = useState(false)
  const last = group.records.at(-1)

  // The keyboard goes where the new record begins; a screen reader says its heading.
  useEffect(() => {
    if (!isAdding || !last) return
    document.getElementById(headingOf(last))?.focus()
    setAdding(false)
  }, [isAdding, last])

  const remove = (index: number) => {
    actions.removeRecord(group.name, index)
    // What had focus is gone: the group says how many are left.
    document.getElementById(ids.item)?.focus()
  }
  return (
    <section className={group.problem ? 'records item-with-problem' : 'records'} aria-labelledby={ids.title}>
      <div id={ids.item} tabIndex={-1}>
        <h3 className="item-title" id={ids.title}>
          <Question item={group} words={words} />
        </h3>
        <Notes item={group} words={words} />
      </div>
      {group.records.length === 0 && (
        <p className="records-none">
          <Spoken of={group.words.none} otherwise={words.noRecords} language={words.language} />
        </p>
      )}
      {group.records.map((record, index) => (
        <Record key={record.id} {...{ record, index, group, actions, words }} remove={() => remove(index)} />
      ))}
      {group.canAdd && (
        <button
          type="submit"
          name={stepField}
          value={stepValue('add', group.name)}
          className="button records-add"
          onClick={(event) => {
            event.preventDefault()
            actions.addRecord(group.name)
            setAdding(true)
          }}
        >
          <Spoken of={group.words.add} otherwise={words.addRecord} language={words.language} />
        </button>
      )}
    </section>
  )
}

const headingOf = ({ id }: RecordView): string => `record-${id}`

interface RecordProps extends RecordsProps {
  record: RecordView
  index: number
  remove(): void
}

function Record({ record, index, group, actions, words, remove }: RecordProps) {
  const place = `${group.name}[${index}]`
  const [isAsking, setAsking] = useState(useContext(Removal) === place)
  const title = record.title ?? { text: words.record(index + 1), language: words.language }
  return (
    <section className="record" aria-labelledby={headingOf(record)}>
      <h4 className="record-title" id={headingOf(record)} tabIndex={-1}>
        <Said words={title} within={words.language} />
      </h4>
      {record.items.map((item) => {
        const Renderer = renderers[item.type]
        return <Renderer key={item.name} item={item} actions={actions} words={words} />
      })}
      {group.canRemove && !isAsking && (
        <button
          type="submit"
          name={stepField}
          value={stepValue('remove', place)}
          className="button-quiet record-remove"
          aria-describedby={headingOf(record)}
          onClick={(event) => {
            event.preventDefault()
            if (record.hasAnswers) setAsking(true)
            else remove()
          }}
        >
          <Spoken of={group.words.remove} otherwise={words.removeRecord} language={words.language} />
        </button>
      )}
      {isAsking && <Confirmation {...{ words, title, place, remove }} keep={() => setAsking(false)} heading={headingOf(record)} />}
    </section>
  )
}

interface ConfirmationProps extends Pick<RecordsProps, 'words'> {
  title: Words
  place: string
  heading: string
  remove(): void
  keep(): void
}

/** Asked in place, where the button was: nothing that was filled in goes by one slip. */
function Confirmation({ words, title, place, heading, remove, keep }: ConfirmationProps) {
  const question = useRef<HTMLParagraphElement>(null)
  useEffect(() => question.current?.focus(), [])
  return (
    <div className="notice notice-warning record-confirm">
      <p ref={question} tabIndex={-1}>
        {words.confirmRemoval(title.text)}
      </p>
      <div className="actions">
        <button
          type="submit"
          name={stepField}
          value={stepValue('removed', place)}
          className="button"
          onClick={(event) => {
            event.preventDefault()
            remove()
          }}
        >
          {words.removalYes}
        </button>
        <button
          type="submit"
          name={stepField}
          value="stay"
          className="button"
          onClick={(event) => {
            event.preventDefault()
            keep()
            document.getElementById(heading)?.focus()
          }}
        >
          {words.removalNo}
        </button>
      </div>
    </div>
  )
}

function Spoken({ of, otherwise, language }: { of: Words | null; otherwise: string; language: string }) {
  return of ? <Said words={of} within={language} /> : otherwise
}
