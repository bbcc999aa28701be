// Frames by hand, with Dear ImGui's own rasteriser and whichever plain font the machine has.
// Layer: tests.
#include "tests/ui/stage.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "web/raster/raster.hpp"

namespace pcc::stage {

namespace {

auto read_file(const char* path) -> std::string {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

// Inter's figures are not equally wide, which is what the tests of figures need; DejaVu is
// everywhere.
auto first_font(std::vector<const char*> paths) -> std::string {
    for (const char* path : paths) {
        std::string bytes = read_file(path);
        if (!bytes.empty()) return bytes;
    }
    std::fputs("The ui tests need a font: install fonts-dejavu-core.\n", stderr);
    std::exit(1);
}

auto load_fonts(ImFontAtlas& atlas) -> ui::Fonts {
    static const std::string words =
        first_font({"/usr/share/fonts/opentype/inter/Inter-Regular.otf",
                    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"});
    static const std::string mono =
        first_font({"/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
                    "/usr/share/fonts/truetype/jetbrains-mono/JetBrainsMono-Regular.ttf"});
    const ui::FontFile plain{words.data(), static_cast<int>(words.size())};
    const ui::FontFile files[] = {
        plain, plain, plain, {mono.data(), static_cast<int>(mono.size())}};
    return ui::add_fonts(atlas, nullptr, files);
}

}  // namespace

Stage::Stage(float width, float height, bool touch) {
    context_ = ImGui::CreateContext();
    ImGui::SetCurrentContext(context_);
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = {width, height};
    io.BackendFlags |=
        ImGuiBackendFlags_RendererHasTextures | ImGuiBackendFlags_RendererHasVtxOffset;
    fonts = load_fonts(*io.Fonts);
    input.width = width;
    input.height = height;
    input.touch = touch;
}

Stage::~Stage() {
    ImGui::DestroyContext(context_);
}

auto Stage::draw(const view::Picture& picture) -> const view::Frame& {
    ImGui::SetCurrentContext(context_);
    ImGui::GetIO().DeltaTime = 1.F / 60;
    ImGui::NewFrame();
    shown_ = picture;
    frame = ui::draw_picture(shown_, fonts, input, state, inbox_);
    ImGui::Render();
    raster::accept_textures();
    return frame;
}

void Stage::settle(const view::Picture& picture) {
    draw(picture);
    for (int i = 0; i < 10 && (i < 2 || ui::wants_another_frame(state)); ++i)
        draw(picture);
}

void Stage::move(const view::Picture& picture, float x, float y) {
    ImGui::GetIO().AddMousePosEvent(x, y);
    draw(picture);
    draw(picture);
}

void Stage::click(const view::Picture& picture, view::Rect rect) {
    move(picture, rect.x + rect.width / 2, rect.y + rect.height / 2);
    ImGui::GetIO().AddMouseButtonEvent(0, true);
    draw(picture);
    ImGui::GetIO().AddMouseButtonEvent(0, false);
    draw(picture);
    draw(picture);
}

void Stage::wheel(const view::Picture& picture, float steps) {
    ImGui::GetIO().AddMouseWheelEvent(0, steps);
    draw(picture);
    settle(picture);
}

auto Stage::take() -> std::vector<app::Msg> {
    return std::exchange(inbox_, {});
}

auto find(const view::Frame& frame, view::Kind kind, const std::string& name)
    -> const view::Placed* {
    for (const view::Placed& placed : frame.placed)
        if (placed.part == view::Part::Whole && placed.node->kind == kind &&
            placed.node->name == name)
            return &placed;
    return nullptr;
}

auto parts(const view::Frame& frame, view::Part part) -> std::vector<view::Placed> {
    std::vector<view::Placed> found;
    for (const view::Placed& placed : frame.placed)
        if (placed.part == part) found.push_back(placed);
    return found;
}

}  // namespace pcc::stage
