export { LOCALES, type LocaleName } from './messages/locales.js'
export { ENGLISH, type MessageKey, type Messages, type PartialMessages } from './messages/messages.js'
export { useLocale, useTexts } from './messages/useTexts.js'
export { type LiveList, useLiveRuns } from './runs/useLiveRuns.js'
export { InlayTheme, type InlayThemeProps } from './theme/InlayTheme.js'
export { usePortalContainer } from './theme/portal-container.js'
export {
  type Appearance,
  COLOR_SCHEMES,
  type ColorScheme,
  TOKEN_NAMES,
  type TokenName,
  type Tokens,
  tokenVariable,
} from './theme/tokens.js'
export { Button, type ButtonProps, IconButton, type IconButtonProps } from './ui/Button.js'
export { CodeBlock, CopyButton } from './ui/Code.js'
export { Combobox, type ComboboxProps } from './ui/Combobox.js'
export { ConfirmDialog, type ConfirmDialogProps, Dialog, type DialogProps } from './ui/Dialog.js'
export {
  Badge,
  type BadgeProps,
  Callout,
  type CalloutProps,
  EmptyState,
  type EmptyStateProps,
  Skeleton,
  type Tone,
} from './ui/Feedback.js'
export { Field, type FieldProps, useFieldControl } from './ui/Field.js'
export {
  Input,
  type InputProps,
  SearchInput,
  SecretInput,
  Select,
  type SelectOption,
  type SelectProps,
  Textarea,
  type TextareaProps,
} from './ui/Input.js'
export {
  Card,
  type CardProps,
  Disclosure,
  type DisclosureProps,
  type Fact,
  Facts,
  PageHeader,
  type PageHeaderProps,
} from './ui/Layout.js'
export { Menu, type MenuItem, type MenuProps } from './ui/Menu.js'
export { Popover, type PopoverProps } from './ui/Popover.js'
export { type AnyStatus, RunStatusBadge, StatusIcon, statusTone } from './ui/RunStatusBadge.js'
export { LoadingState, Spinner } from './ui/Spinner.js'
export { type Column, Table, type TableProps, TableSkeleton } from './ui/Table.js'
export { type Tab, Tabs, type TabsProps } from './ui/Tabs.js'
export { Duration, formatDuration, RelativeTime } from './ui/Time.js'
export { type ToastContent, ToastProvider, useToast } from './ui/Toast.js'
export { Checkbox, Switch, type ToggleProps } from './ui/Toggle.js'
export { Tooltip, type TooltipProps } from './ui/Tooltip.js'
