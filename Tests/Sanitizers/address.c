// What the address sanitizer does, in each program that is linked with this; variables of the environment do not reach the
// programs that are started with none.
//
// Swift keeps pointers with marks in their spare bits, behind which the leak detector sees nothing, so that constants count as
// lost.
const char *__asan_default_options(void) { return "detect_leaks=0"; }
