#include "server/transport/metrics_live.hpp"

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <utility>

#include <sys/resource.h>
#include <unistd.h>

namespace pcc::server {
namespace {

using prometheus::MetricFamily;
using prometheus::MetricType;
using Families = std::vector<MetricFamily>;

void add(Families& families, std::string name, std::string help, double value,
         MetricType type = MetricType::Gauge) {
    families.push_back(single(std::move(name), std::move(help), type, value));
}

auto numeric(MetricType type, double value) -> prometheus::ClientMetric {
    prometheus::ClientMetric metric;
    if (type == MetricType::Counter) {
        metric.counter.value = value;
    } else {
        metric.gauge.value = value;
    }
    return metric;
}

auto queue_family(const LiveNumbers& numbers) -> MetricFamily {
    MetricFamily family{
        "pcc_worker_queue_length", "Jobs that wait for a worker.", MetricType::Gauge, {}};
    const std::pair<const char*, std::size_t> pools[] = {{"reads", numbers.queued_reads},
                                                         {"writes", numbers.queued_writes},
                                                         {"passwords", numbers.queued_passwords}};
    for (const auto& [name, length] : pools) {
        auto metric = numeric(MetricType::Gauge, static_cast<double>(length));
        metric.label.push_back({"pool", name});
        family.metric.push_back(std::move(metric));
    }
    return family;
}

/// The fields of /proc/self/stat behind the name, which may hold anything; the first is the third.
auto stat_fields() -> std::vector<std::string> {
    std::ifstream file("/proc/self/stat");
    std::string text;
    std::getline(file, text);
    std::istringstream rest(text.substr(std::min(text.rfind(')') + 1, text.size())));
    return {std::istream_iterator<std::string>(rest), {}};
}

// Source: clock_gettime(2); /proc/stat, which says it too, is out of a hardened unit's sight.
auto boot_time() -> double {
    const auto read = [](clockid_t clock) {
        timespec time{};
        clock_gettime(clock, &time);
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
    };
    return read(CLOCK_REALTIME) - read(CLOCK_BOOTTIME);
}

auto open_files() -> std::ptrdiff_t {
    std::error_code error;
    std::filesystem::directory_iterator files("/proc/self/fd", error);
    if (error) return 0;
    // Without the one that looks.
    return std::distance(begin(files), end(files)) - 1;
}

}  // namespace

auto single(std::string name, std::string help, MetricType type, double value) -> MetricFamily {
    return {std::move(name), std::move(help), type, {numeric(type, value)}};
}

void LiveMetrics::look_at(Metrics::Look look) {
    const std::lock_guard lock(mutex_);
    look_ = std::move(look);
}

auto LiveMetrics::Collect() const -> Families {
    auto families = process_families();
    const std::lock_guard lock(mutex_);
    if (!look_) return families;
    const auto numbers = look_();
    add(families, "pcc_event_streams_open", "Event streams that are open.",
        static_cast<double>(numbers.open_streams));
    add(families, "pcc_http_requests_under_way", "Requests that are not answered yet.",
        static_cast<double>(numbers.requests_under_way));
    add(families, "pcc_store_retries_total",
        "Transactions begun anew because another came between.",
        static_cast<double>(numbers.repeated_transactions), MetricType::Counter);
    add(families, "pcc_draining", "1 once it was told to stop.", numbers.draining ? 1 : 0);
    families.push_back(queue_family(numbers));
    return families;
}

auto process_families() -> Families {
    // Counted from the third: utime 14, stime 15, threads 20, start 22, vsize 23, rss 24.
    const auto fields = stat_fields();
    Families families;
    if (fields.size() < 22) return families;
    const auto number = [&](std::size_t field) { return std::stod(fields[field - 3]); };
    const auto ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    add(families, "process_cpu_seconds_total", "Time of processors used.",
        (number(14) + number(15)) / ticks, MetricType::Counter);
    add(families, "process_start_time_seconds", "When it was started, since the epoch.",
        boot_time() + number(22) / ticks);
    add(families, "process_virtual_memory_bytes", "Addresses in use.", number(23));
    add(families, "process_resident_memory_bytes", "Memory in use.",
        number(24) * static_cast<double>(sysconf(_SC_PAGESIZE)));
    add(families, "process_threads", "Threads.", number(20));
    add(families, "process_open_fds", "Files and sockets that are open.",
        static_cast<double>(open_files()));
    add(families, "process_max_fds", "As many as may be open.",
        static_cast<double>(limit.rlim_cur));
    return families;
}

}  // namespace pcc::server
