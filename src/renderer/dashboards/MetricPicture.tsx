/** A metric widget's chart, by its view. */
import { assertNever } from '../../shared/assert-never';
import type { MetricWidget } from '../../shared/dashboards/dashboard';
import { BarChart } from '../charts/BarChart';
import type { ChartHandle } from '../charts/chart-handle';
import type { ChartModel } from '../charts/chart-model';
import { GaugeChart } from '../charts/GaugeChart';
import { PieChart } from '../charts/PieChart';
import { SingleValues } from '../charts/SingleValues';
import { TimeChart } from '../charts/TimeChart';
import { ValueTable } from '../charts/ValueTable';
import type { PageContext } from './page-context';

interface Props {
  widget: MetricWidget;
  model: ChartModel;
  page: Pick<PageContext, 'cursorGroup' | 'onZoom'>;
  /** Of the figure; a frame that already has the widget's title makes a second one of that name one too many. */
  name?: string;
  onHandle?(handle: ChartHandle | null): void;
}

export function MetricPicture({ widget, model, page, name = 'Chart', onHandle }: Props) {
  const values = {
    name,
    series: model.series.filter(({ ghost }) => !ghost),
    startMs: model.startMs,
    endMs: model.endMs,
    reduce: widget.reduce,
    steps: widget.steps,
    axis: model.left,
    fullPrecision: widget.fullPrecision,
  };
  switch (widget.view) {
    case 'timeSeries':
    case 'stacked':
      return (
        <TimeChart
          model={model}
          name={name}
          cursorGroup={page.cursorGroup}
          legend={widget.legend}
          onZoom={page.onZoom}
          onHandle={onHandle}
        />
      );
    case 'singleValue':
      return <SingleValues {...values} sparkline={widget.sparkline} trend={widget.trend} />;
    case 'gauge':
      return <GaugeChart {...values} />;
    case 'bar':
      return <BarChart {...values} />;
    case 'pie':
      return <PieChart {...values} />;
    case 'table':
      return <ValueTable {...values} />;
    default:
      return assertNever(widget.view);
  }
}
