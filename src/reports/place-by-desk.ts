import type { Tx } from '../kernel/db/database.ts'
import { Problem } from '../kernel/problem.ts'
import { placeReport } from './place-report.ts'
import { reportsById, setPlace } from './store.ts'
import type { ReportsRoom } from './submit-report.ts'

/** Puts a report that came in words on the map, as a person of the desk read them. Throws 422, 409. */
export async function placeReportById(
  room: ReportsRoom,
  tx: Tx,
  reportId: string,
  placeId: string,
): Promise<void> {
  const [report] = await reportsById(room, tx, [reportId])
  if (!report) throw new Problem('reports/not-found', 404, 'There is no such report.')
  if (report.cell) throw new Problem('reports/placed', 409, 'This report is on the map already.')
  const placed = placeReport({ placeId }, room.kernel.city)
  await setPlace(room.kernel.sealing, tx, report, {
    lat: placed.lat,
    lon: placed.lon,
    uncertainty_metres: placed.uncertaintyMetres,
    place_label: placed.label,
    cell: placed.cell,
    area_ids: placed.areaIds,
  })
}
