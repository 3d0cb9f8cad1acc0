import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** The one accent colour. States have colours of their own: tokens.css. */
const porpoise: MantineColorsTuple = [
  '#eef0fc',
  '#dcdff6',
  '#b7bdea',
  '#8f99de',
  '#6e7ad4',
  '#5966cd',
  '#4a57cf',
  '#3f4ab4',
  '#3741a0',
  '#2b358a',
];

/** Greys with a trace of the accent; dark[7] is the page at night, dark[6] a surface on it. */
const dark: MantineColorsTuple = [
  '#d5d8df',
  '#b4b9c4',
  '#969dab',
  '#6b7280',
  '#3a404c',
  '#2b303a',
  '#1e222a',
  '#16191f',
  '#111419',
  '#0c0e12',
];

export const theme = createTheme({
  primaryColor: 'porpoise',
  primaryShade: { light: 6, dark: 5 },
  colors: { porpoise, dark },
  autoContrast: true,
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif',
  fontFamilyMonospace:
    'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "WenQuanYi Micro Hei Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.4' },
      h2: { fontSize: '1rem', lineHeight: '1.5' },
      h3: { fontSize: '0.875rem', lineHeight: '1.5' },
    },
  },
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  cursorType: 'pointer',
  focusRing: 'auto',
  components: {
    Button: { defaultProps: { size: 'sm' }, styles: { label: { fontWeight: 500 } } },
    TextInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', comboboxProps: { shadow: 'md' } } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: false, events: { hover: true, focus: true, touch: true } } },
    Menu: { defaultProps: { shadow: 'md', position: 'bottom-end' } },
    Modal: { defaultProps: { centered: true, radius: 'lg', overlayProps: { backgroundOpacity: 0.4 } }, styles: { title: { fontSize: '1rem', fontWeight: 600 } } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
  },
});
