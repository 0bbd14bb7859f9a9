import { describedBy, type ItemProps, idsOf } from '../element-props.ts'
import { defaultLength } from '../typed.ts'
import { ItemFrame } from './item-frame.tsx'

/**
 * A line of text, a number or a date. A number is a text field with a number keypad: number fields of browsers drop what
 * they cannot read, change under the mouse wheel and refuse a decimal comma on some phones.
 */
export function Text(props: ItemProps) {
  const { item, actions } = props
  const { limits, input } = item
  const bounds = input === 'date' ? { min: limits.min, max: limits.max } : {}
  const isWhole = limits.step !== undefined && Number.isInteger(limits.step)
  return (
    <ItemFrame {...props} as="control">
      <input
        id={idsOf(item).control}
        name={item.name}
        className={`control control-${input}`}
        type={input === 'date' ? 'date' : 'text'}
        inputMode={input === 'number' ? (isWhole ? 'numeric' : 'decimal') : undefined}
        maxLength={input === 'text' ? (limits.maxLength ?? defaultLength.text) : undefined}
        {...bounds}
        value={item.typed}
        aria-describedby={describedBy(item)}
        aria-invalid={item.problem !== null}
        autoComplete="off"
        onChange={(event) => actions.type(item.name, event.currentTarget.value)}
        onBlur={() => actions.leave(item.name)}
      />
    </ItemFrame>
  )
}
