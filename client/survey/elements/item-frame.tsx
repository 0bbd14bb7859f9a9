/** What surrounds every item: its number, its question, the explanation, what is wrong, and a way to take the answer back. */
import type { ReactNode } from 'react'
import { Said } from '../../ui/said.tsx'
import { describedBy, type ItemProps, idsOf } from '../element-props.ts'

interface FrameProps extends ItemProps {
  /** A group of choices is a fieldset with a legend; a single control has a label. */
  as: 'group' | 'control'
  children: ReactNode
}

export function ItemFrame({ item, words, actions, as, children }: FrameProps) {
  const ids = idsOf(item)
  const title = (
    <>
      <span className="item-number">{item.number}.</span> <Said words={item.title} within={words.language} />
      {item.required && <span className="item-required"> ({words.required})</span>}
    </>
  )
  const about = (
    <>
      {item.description && (
        <p className="item-description" id={ids.description}>
          <Said words={item.description} within={words.language} />
        </p>
      )}
      {item.problem && (
        <p className="item-problem" id={ids.problem}>
          {words.problem(item.problem)}
        </p>
      )}
    </>
  )
  // A fieldset cannot be laid out like other boxes, so the look is on the box around it.
  return (
    <div className={item.problem ? 'item item-with-problem' : 'item'}>
      {as === 'group' ? (
        <fieldset id={ids.item} tabIndex={-1} aria-describedby={describedBy(item)}>
          <legend className="item-title" id={ids.title}>
            {title}
          </legend>
          {about}
          {children}
        </fieldset>
      ) : (
        <div id={ids.item} tabIndex={-1}>
          <label className="item-title" id={ids.title} htmlFor={ids.control}>
            {title}
          </label>
          {about}
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
      type="button"
      className="item-clear"
      aria-label={words.clearOf(item.number)}
      hidden={item.answer === undefined}
      onClick={() => {
        actions.answer(item.name, undefined)
        // The button is about to go; the keyboard stays at this question.
        document.getElementById(idsOf(item).item)?.focus({ preventScroll: true })
      }}
    >
      {words.clear}
    </button>
  )
}
