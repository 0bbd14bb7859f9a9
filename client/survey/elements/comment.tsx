import { useRef } from 'react'
import { describedBy, type ItemProps, idsOf } from '../element-props.ts'
import { defaultLength } from '../typed.ts'
import { ItemFrame } from './item-frame.tsx'
import { useGrowing } from './use-growing.ts'

/** Room for a story, which grows with it. */
export function Comment(props: ItemProps) {
  const { item, actions } = props
  const field = useRef<HTMLTextAreaElement>(null)
  useGrowing(field, item.typed)
  return (
    <ItemFrame {...props} as="control">
      <textarea
        ref={field}
        id={idsOf(item).control}
        name={item.name}
        className="control control-comment"
        rows={4}
        maxLength={item.limits.maxLength ?? defaultLength.comment}
        value={item.typed}
        aria-describedby={describedBy(item)}
        aria-invalid={item.problem !== null}
        autoComplete="off"
        onChange={(event) => actions.type(item.name, event.currentTarget.value)}
      />
    </ItemFrame>
  )
}
