/** An export from a data folder, in this thread: opens what it reads from, and closes it. */
import type { DataPlace } from '../db/place.ts'
import { openStudyReader } from '../db/study-reader.ts'
import { loadDefinitions } from '../definitions/load.ts'
import { type ExportRequest, type ExportWritten, writeExport } from './export-study.ts'
import { partialFolder } from './folder.ts'
import type { Manifest } from './manifest.ts'
import { settled } from './settled.ts'

/** Throws what `exportStudy` throws, and a Failure when there is no study.sqlite or definitions cannot be read. */
export async function exportFrom(place: DataPlace, request: ExportRequest): Promise<Manifest> {
  const partial = request.partial ?? partialFolder(request.directory)
  return await settled(await writeFrom(place, { ...request, partial }), { ...request, partial })
}

/** All of it but its end, as `writeExport`. */
export async function writeFrom(place: DataPlace, request: ExportRequest & { partial: string }): Promise<ExportWritten> {
  const definitions = loadDefinitions(place.definitions)
  const reader = await openStudyReader(place)
  try {
    return await writeExport(reader, definitions, request)
  } finally {
    await reader.close()
  }
}
