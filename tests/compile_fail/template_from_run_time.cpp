// expect: (consteval|constant expression|immediate function)
#include <hookseal/schemes/content_template.hpp>

#include <string>

using namespace hookseal;

bool parsed(const std::string& text) {
#ifdef CONTROL
    content_template content;
    return content_template::parse(text, content) == template_problem::none;
#else
    const content_template content = text.c_str();
    return !content.empty();
#endif
}
