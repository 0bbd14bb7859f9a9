/** An export from a data folder, in this thread: opens what it reads from, and closes it. */
import { openStudyReader } from '../db/study-reader.ts'
import { loadDefinitions } from '../definitions/load.ts'
import type { ExportPlace } from './export-in-thread.ts'
import { type ExportRequest, exportStudy } from './export-study.ts'
import type { Manifest } from './manifest.ts'

/** Throws what `exportStudy` throws, and a Failure when there is no study.sqlite or definitions cannot be read. */
export async function exportFrom(place: ExportPlace, request: ExportRequest): Promise<Manifest> {
  const definitions = loadDefinitions(place.definitions)
  const reader = openStudyReader(place.data)
  try {
    return await exportStudy(reader, definitions, request)
  } finally {
    reader.close()
  }
}
