import { IconAlertCircle, IconCheck, IconX } from '@tabler/icons-react';
import { useToasts } from '../stores/toasts';
import type { Toast } from '../stores/toasts';
import { safeText } from '../ui/safe-text';
import classes from './Toasts.module.css';

export function Toasts() {
  const list = useToasts((state) => state.list);
  return (
    <section className={classes['stack']} aria-label="Messages" aria-live="polite">
      {list.map((toast) => (
        <ToastView key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

function ToastView({ toast }: { toast: Toast }) {
  const dismiss = (): void => useToasts.getState().dismiss(toast.id);
  const Icon = toast.level === 'error' ? IconAlertCircle : IconCheck;
  const { action } = toast;
  return (
    <div className={classes['toast']} data-level={toast.level}>
      <Icon size={16} aria-hidden className={classes['icon']} />
      <div className={classes['text']}>
        <div className={classes['what']} title={safeText(toast.text)}>
          {safeText(toast.text)}
        </div>
        {toast.detail !== null && <div className={classes['detail']}>{safeText(toast.detail)}</div>}
      </div>
      {action !== null && (
        <button
          type="button"
          className={classes['action']}
          onClick={() => {
            dismiss();
            action.run();
          }}
        >
          {action.label}
        </button>
      )}
      <button type="button" className={classes['close']} aria-label="Dismiss" onClick={dismiss}>
        <IconX size={14} aria-hidden />
      </button>
    </div>
  );
}
