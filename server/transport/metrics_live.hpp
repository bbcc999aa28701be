// The numbers that are looked up when they are asked for: queues, streams, and the process itself.
// Layer: server/transport. Part of the metrics; counts nothing.
#pragma once

#include <mutex>
#include <vector>

#include <prometheus/collectable.h>
#include <prometheus/metric_family.h>

#include "server/transport/metrics.hpp"

namespace pcc::server {

class LiveMetrics final : public prometheus::Collectable {
  public:
    void look_at(Metrics::Look look);
    auto Collect() const -> std::vector<prometheus::MetricFamily> override;

  private:
    mutable std::mutex mutex_;
    Metrics::Look look_;
};

/// Memory, time, files and threads of this process, under the names that Prometheus' own clients
/// use. What cannot be read is left out. Source: proc(5).
auto process_families() -> std::vector<prometheus::MetricFamily>;

/// A family of one number.
auto single(std::string name, std::string help, prometheus::MetricType type, double value)
    -> prometheus::MetricFamily;

}  // namespace pcc::server
