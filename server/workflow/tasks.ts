/** What needs a person. */
import type { Context } from '../context.ts'
import { Failure } from '../failure.ts'
import { closeTask, openTasks } from '../queries/tasks.ts'
import { needStudy } from './open-study.ts'
import { saidNoTask } from './said-no.ts'

/** The open tasks of a study, oldest first. Throws a Failure when there is no such study. */
export async function tasksOf(context: Context, studyId: string) {
  const { study } = await needStudy(context, studyId)
  return await openTasks(context.stores.study.read, study.id)
}

/** Closes a task. Throws a Failure when the study has no such open task, and for a refusal, which is decided and not ticked off. */
export async function finishTask(context: Context, studyId: string, number: number): Promise<void> {
  const { study } = await needStudy(context, studyId)
  const { stores, clock } = context
  const closed = await stores.study.withTx(async (tx) => {
    const task = (await openTasks(tx, study.id)).find(({ id }) => id === number)
    if (task?.kind === saidNoTask)
      throw new Failure(
        `${task.caseCode}: ${task.role} ${task.number} said no. Record that they stop (nameting case person stop), or say at the desk why it is no refusal after all. Nothing was changed.`,
      )
    return await closeTask(tx, study.id, number, clock.now())
  })
  if (!closed) throw new Failure(`There is no open task ${number} in ${study.id}.`)
}
