/** What surrounds every item: its number, its question, the explanation, what is wrong, and a way to take the answer back. */
import type { ReactNode } from 'react'
import { stepField } from '../../ui/post-button.tsx'
import { describedBy, type ItemProps, idsOf } from '../element-props.ts'
import { stepValue } from '../posting.ts'
import { Notes, Question } from './asked.tsx'

interface FrameProps extends ItemProps {
  /** A group of choices is a fieldset with a legend; a single control has a label. */
  as: 'group' | 'control'
  children: ReactNode
}

export function ItemFrame({ item, words, actions, as, children }: FrameProps) {
  const ids = idsOf(item)
  // A fieldset cannot be laid out like other boxes, so the look is on the box around it.
  return (
    <div className={item.problem ? 'item item-with-problem' : 'item'}>
      {as === 'group' ? (
        <fieldset id={ids.item} tabIndex={-1} aria-describedby={describedBy(item)}>
          <legend className="item-title" id={ids.title}>
            <Question item={item} words={words} />
          </legend>
          <Notes item={item} words={words} />
          {children}
        </fieldset>
      ) : (
        <div id={ids.item} tabIndex={-1}>
          <label className="item-title" id={ids.title} htmlFor={ids.control}>
            <Question item={item} words={words} />
          </label>
          <Notes item={item} words={words} />
          {children}
        </div>
      )}
      <ClearButton item={item} words={words} actions={actions} />
    </div>
  )
}

/** Radio buttons cannot be emptied by themselves; text fields and tick boxes can. */
function ClearButton({ item, words, actions }: ItemProps) {
  if (item.type !== 'radiogroup') return null
  return (
    <button
      type="submit"
      name={stepField}
      value={stepValue('clear', item.name)}
      className="item-clear"
      aria-label={words.clearOf(item.number)}
      hidden={item.answer === undefined}
      onClick={(event) => {
        event.preventDefault()
        actions.answer(item.name, undefined)
        // The button is about to go; the keyboard stays at this question.
        document.getElementById(idsOf(item).item)?.focus({ preventScroll: true })
      }}
    >
      {words.clear}
    </button>
  )
}
