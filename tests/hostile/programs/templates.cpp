// A tree of types, of which every one is another: two to the power of 800.
template <int depth, class... path> struct Tree {
    static constexpr int leaves =
        Tree<depth - 1, path..., int>::leaves + Tree<depth - 1, path..., char>::leaves;
};
template <class... path> struct Tree<0, path...> {
    static constexpr int leaves = 1;
};

int main()
{
    return Tree<800>::leaves;
}
