/** A study that is closed asks nothing any more. */
import type { Plan } from './case.ts'
import { earlier } from './local-time.ts'

/**
 * A plan in a study that closed at a moment: windows that would open then or later are not there, those that are open close then, and
 * no message is due then or later. What is recorded of before stays, as it does whatever a plan says.
 */
export const untilClosing = (plan: Plan, closedAt: string | null): Plan =>
  closedAt === null
    ? plan
    : {
        ...plan,
        assignments: plan.assignments
          .filter(({ opensAt }) => opensAt < closedAt)
          .map((assignment) => ({ ...assignment, closesAt: earlier(assignment.closesAt, closedAt) })),
        messages: plan.messages
          .filter(({ at }) => at < closedAt)
          .map((message) => ({ ...message, until: earlier(message.until, closedAt) })),
      }
