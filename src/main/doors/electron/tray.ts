import { Menu, nativeImage, Tray } from 'electron'
import { say } from '../../../shared/messages/say.ts'

/** The tray while the desk has no window: what is under way, a way back to it, and the way out. */
export const makeTray = (icon: string, on: { open(): void; quit(): void }) => {
  let tray: Tray | undefined
  return {
    show: (left: number) => {
      tray ??= new Tray(nativeImage.createFromPath(icon)).on('click', on.open)
      tray.setToolTip(say('door.tray.says', { left }))
      tray.setContextMenu(
        Menu.buildFromTemplate([
          { label: say('door.tray.open'), click: on.open },
          { label: say('door.quit'), click: on.quit },
        ]),
      )
    },
    hide: () => {
      tray?.destroy()
      tray = undefined
    },
  }
}
