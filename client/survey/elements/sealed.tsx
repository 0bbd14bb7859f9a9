import { stepField } from '../../ui/post-button.tsx'
import { describedBy, type ItemProps, idsOf } from '../element-props.ts'
import { stepValue } from '../posting.ts'
import type { ItemView, RecordsView } from '../view.ts'
import { Notes, Question } from './asked.tsx'

interface SealedProps extends Omit<ItemProps, 'item'> {
  item: ItemView | RecordsView
}

/** An item that was answered on another device: what is asked, that it is answered, and a way to answer it anew. */
export function Sealed({ item, actions, words }: SealedProps) {
  const ids = idsOf(item)
  return (
    <div className="item item-sealed">
      <fieldset id={ids.item} tabIndex={-1} aria-describedby={describedBy(item)}>
        <legend className="item-title" id={ids.title}>
          <Question item={item} words={words} />
        </legend>
        <Notes item={item} words={words} />
        <button
          type="submit"
          name={stepField}
          value={stepValue('anew', item.name)}
          className="button"
          aria-label={words.answerAnewOf(item.number)}
          onClick={(event) => {
            event.preventDefault()
            actions.unseal?.(item.name)
            // The button is gone by then; the keyboard stays at this question.
            setTimeout(() => document.getElementById(ids.item)?.focus({ preventScroll: true }))
          }}
        >
          {words.answerAnew}
        </button>
      </fieldset>
    </div>
  )
}
