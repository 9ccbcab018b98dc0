// Purpose: Lanternport on a living day, for whoever wants to see Porchlight at work.
// Stores nothing of its own: every deed goes by the use cases of the rooms.
// Never: leaves the machine; names a real place or person; opens a real deployment's database.
export { makeDemoClock } from './clock.ts'
export { startLife } from './life.ts'
export { refuseRealDeployment } from './people.ts'
export { pushDoor } from './push-door.ts'
export { startPushService } from './push-service/service.ts'
export { seedDay } from './script.ts'
