import { Button, createTheme, Drawer, Modal } from '@mantine/core'

const closeButtonProps = { 'aria-label': 'Close' }

/** Mantine in Patchbay's clothes: system fonts, calm corners, dense controls. */
export const theme = createTheme({
  fontFamily: '"Segoe UI Variable Text", "Segoe UI", system-ui, -apple-system, Roboto, "Helvetica Neue", sans-serif',
  fontFamilyMonospace: '"Cascadia Mono", Consolas, "SF Mono", Menlo, "DejaVu Sans Mono", monospace',
  defaultRadius: 'sm',
  colors: {
    // Mantine's own dark greys are warm; these go with our surfaces.
    dark: [
      '#e3e9f1',
      '#b6c1cf',
      '#8f9cae',
      '#6c7a8e',
      '#3d4959',
      '#2c3644',
      '#212a36',
      '#171d26',
      '#12171f',
      '#0b0f15',
    ],
  },
  components: {
    Button: Button.extend({ styles: { root: { fontWeight: 550 } } }),
    Drawer: Drawer.extend({ defaultProps: { closeButtonProps } }),
    Modal: Modal.extend({ defaultProps: { closeButtonProps } }),
  },
  // White stands on what is darker than this, black on what is lighter: both are 4.5:1 or more then, whatever the colour.
  autoContrast: true,
  luminanceThreshold: 0.183,
  primaryShade: { light: 8, dark: 8 },
  respectReducedMotion: true,
  cursorType: 'pointer',
})
