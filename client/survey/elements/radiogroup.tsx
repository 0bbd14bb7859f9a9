import type { ItemProps } from '../element-props.ts'
import { ChoiceLabel } from './choice-label.tsx'
import { ItemFrame } from './item-frame.tsx'
import { layoutOf } from './layout.ts'

/** One out of several: the browser's own radio buttons, each with its words as one large target. */
export function Radiogroup(props: ItemProps) {
  const { item, actions, words } = props
  return (
    <ItemFrame {...props} as="group">
      <div className={`choices choices-${layoutOf(item.choices)}`}>
        {item.choices.map((choice) => (
          <ChoiceLabel key={choice.value} choice={choice} checked={item.answer === choice.value} language={words.language}>
            <input
              type="radio"
              name={item.name}
              value={choice.value}
              checked={item.answer === choice.value}
              autoComplete="off"
              onChange={() => actions.answer(item.name, choice.value)}
            />
          </ChoiceLabel>
        ))}
      </div>
    </ItemFrame>
  )
}
