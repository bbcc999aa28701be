// Keeps the inbox and calls the frame when the page says so.
// Layer: web/platform. Decides nothing about what is drawn.
#include "web/platform/frames.hpp"

#include <utility>

#include <emscripten.h>

extern "C" {
void pcc_frames_ask(int count);
void pcc_frames_ask_idle();
void pcc_frames_drawn(int count);
void pcc_frames_hurry();
void pcc_frames_tick(double period, double ahead);
double pcc_frames_now();
double pcc_frames_seconds();
}

namespace pcc::platform {

namespace {

void (*frame_function)(Sight) = nullptr;
bool working = false;

auto inbox() -> std::vector<app::Msg>& {
    static std::vector<app::Msg> waiting;
    return waiting;
}

void work(Sight sight) {
    if (!frame_function) return;
    working = true;
    frame_function(sight);
    working = false;
}

}  // namespace

void on_frame(void (*run)(Sight sight)) {
    frame_function = run;
}

void work_at_once(int frames) {
    if (!frame_function) return;
    // A composition ends as its field loses the focus to a dialog that is just being laid. A frame
    // within that one would free what it lays.
    if (working) return ask_frames(frames);
    for (int i = 1; i < frames; ++i)
        work(Sight::Later);
    work(Sight::Now);
    pcc_frames_drawn(frames);
}

void ask_frames(int count) {
    pcc_frames_ask(count);
}

void ask_idle_frame() {
    pcc_frames_ask_idle();
}

void hurry_frame() {
    pcc_frames_hurry();
}

void post(app::Msg msg) {
    inbox().push_back(std::move(msg));
    ask_frames(1);
}

auto take_inbox() -> std::vector<app::Msg> {
    return std::exchange(inbox(), {});
}

void work_unasked(app::Msg msg) {
    inbox().push_back(std::move(msg));
    work(Sight::Unasked);
}

void tick_each(Millis period, Millis ahead) {
    pcc_frames_tick(static_cast<double>(period.count()), static_cast<double>(ahead.count()));
}

auto browser_now() -> Instant {
    return instant_from_millis(static_cast<long long>(pcc_frames_now()));
}

auto seconds_on_page() -> double {
    return pcc_frames_seconds();
}

}  // namespace pcc::platform

extern "C" EMSCRIPTEN_KEEPALIVE void pcc_frame(int hidden) {
    using namespace pcc::platform;
    work(hidden ? Sight::Nobody : Sight::Now);
}
