/** Has characters of two and four bytes in UTF-8: an environment that decodes a body byte by byte breaks them. */
export const mealName = 'Käsebrötchen 🧀';
